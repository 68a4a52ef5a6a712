namespace KohakuRiver.Cli;

/// <summary>What the states of a task mean while waiting for it.</summary>
internal static class TaskStates
{
    internal const string Completed = "completed";
    private static readonly HashSet<string> Final = new(StringComparer.Ordinal)
    {
        Completed, "failed", "killed", "killed_oom", "lost", "stopped", "rejected", "withdrawn",
    };

    /// <summary>All states that tasks are known to have, for completion.</summary>
    internal static string[] All { get; } = [.. Final, "pending", "pending_approval", "assigning", "running"];

    internal static bool IsFinal(string status) => Final.Contains(status);
}
