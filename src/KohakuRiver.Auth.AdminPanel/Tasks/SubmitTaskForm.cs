namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments, one a line.</param>
/// <param name="RequiredCores">Cores; 0 for any number.</param>
/// <param name="MemoryMib">Memory in mebibytes; null for any.</param>
/// <param name="RequiredGpus">Ids of GPUs, with commas between them.</param>
/// <param name="Target">The node; null for any.</param>
internal sealed record SubmitTaskForm(
    string? Command,
    string? Arguments,
    int? RequiredCores,
    [FaultsOf(nameof(TaskRequest.RequiredMemoryBytes))] int? MemoryMib,
    string? RequiredGpus,
    [FaultsOf(nameof(TaskSubmission.TargetNode), "targets")] string? Target) : PanelForm<SubmitTaskForm>;
