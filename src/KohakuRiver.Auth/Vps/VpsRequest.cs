namespace KohakuRiver.Auth;

/// <summary>A VPS instance somebody asks for.</summary>
public sealed record VpsRequest
{
    /// <summary>The name shown: <see cref="FieldRules.VpsName"/>. Several instances may have the same one unless the host refuses
    /// it.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is to run; null leaves it to the host.</summary>
    public string? Node { get; init; }

    /// <summary>What it starts from; null for the host's usual one.</summary>
    public string? Image { get; init; }

    /// <summary>Cores, at least 1; null for the host's usual number.</summary>
    public int? Cores { get; init; }

    /// <summary>Memory in bytes, more than 0; null for the host's usual amount.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>How many GPUs, 0 or more; null for none.</summary>
    public int? Gpus { get; init; }

    /// <summary>A public key that may log in, one line; null for none.</summary>
    public string? SshKey { get; init; }
}
