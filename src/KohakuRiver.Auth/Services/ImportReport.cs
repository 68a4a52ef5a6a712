namespace KohakuRiver.Auth;

/// <summary>What an import did, or would do. A dry run and the run after it report the same.</summary>
public sealed record ImportReport
{
    /// <summary>Whether nothing was written because it was only asked for.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>The numbers, a line a table.</summary>
    public required IReadOnlyList<ImportCount> Counts { get; init; }

    /// <summary>The rows that were not taken over, and why.</summary>
    public required IReadOnlyList<ImportRemark> LeftOut { get; init; }

    /// <summary>The rows that were taken over with a change, and which.</summary>
    public required IReadOnlyList<ImportRemark> Changed { get; init; }

    /// <summary>What is to be said about the whole.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
