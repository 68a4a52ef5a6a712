namespace KohakuRiver.Cli;

/// <summary>What the states of a task mean while waiting for it.</summary>
internal static class TaskStates
{
    internal const string Completed = "completed";
    private static readonly HashSet<string> Final = new(StringComparer.Ordinal)
    {
        Completed, "failed", "killed", "killed_oom", "lost", "stopped", "rejected", "withdrawn",
    };

    internal static bool IsFinal(string status) => Final.Contains(status);
}
