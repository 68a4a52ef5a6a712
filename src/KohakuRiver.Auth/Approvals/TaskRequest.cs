namespace KohakuRiver.Auth;

/// <summary>A task somebody submits from the panel. Nothing is checked yet: the host's rules do that.</summary>
public sealed record TaskRequest
{
    /// <summary>The executable.</summary>
    public string? Command { get; init; }

    /// <summary>Its arguments, one by one.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Cores asked for; 0 = any.</summary>
    public int RequiredCores { get; init; } = 1;

    /// <summary>Memory asked for in bytes; null = no demand.</summary>
    public long? RequiredMemoryBytes { get; init; }

    /// <summary>GPU ids asked for on the target node; empty = none.</summary>
    public IReadOnlyList<int> RequiredGpus { get; init; } = [];

    /// <summary>The node asked for; null = any.</summary>
    public string? Target { get; init; }
}
