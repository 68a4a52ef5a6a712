namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A new instance. The page shows the fields that the host asks for; of the others nothing is sent.</summary>
/// <param name="Name">The name shown.</param>
/// <param name="Node">Where it runs; null leaves it to the host.</param>
/// <param name="Image">What it starts from; null for the usual one.</param>
/// <param name="Cores">Cores; null for the usual number.</param>
/// <param name="MemoryMib">Memory in mebibytes; null for the usual amount.</param>
/// <param name="Gpus">How many GPUs; null for none.</param>
/// <param name="SshKey">A public key that may log in; null for none.</param>
internal sealed record NewVpsForm(
    string? Name,
    string? Node,
    string? Image,
    int? Cores,
    [FaultsOf(nameof(VpsRequest.MemoryBytes))] int? MemoryMib,
    int? Gpus,
    string? SshKey) : PanelForm<NewVpsForm>;
