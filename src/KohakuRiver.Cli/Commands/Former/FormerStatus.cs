namespace KohakuRiver.Cli;

/// <summary>The original's overview: <c>kohakuriver status</c>, and <c>node summary</c>, which is its first half.</summary>
internal static class FormerStatus
{
    private const int MostTasks = 10;

    internal static CliCommand Build() => new CliCommand("status", "Show the nodes and the running tasks.") { Hidden = true }
        .Does(async (run, cancellationToken) =>
    {
        var nodes = await run.ListAsync<Node>("nodes", null, cancellationToken);
        var tasks = await run.ListAsync<ClusterTask>(
            "tasks", MostTasks, cancellationToken, new("status", "running"), new("limit", Show.Number(MostTasks)));
        run.Output.Value(new Overview(nodes, tasks), () =>
        {
            ShowSummary(run, nodes);
            run.Terminal.Out.WriteLine();
            TaskCommands.ShowTasks(run, tasks, "No running tasks.");
        });
    });

    internal static CliCommand Summary() => new CliCommand("summary", "Show what the nodes have together.") { Hidden = true }
        .Does(async (run, cancellationToken) =>
    {
        var nodes = await run.ListAsync<Node>("nodes", null, cancellationToken);
        run.Output.Value(nodes, () => ShowSummary(run, nodes));
    });

    private static void ShowSummary(InvocationContext run, IReadOnlyList<Node> nodes) => run.Output.Fields(
        ("Nodes", $"{nodes.Count(n => n.Status == "online")} of {nodes.Count} online"),
        ("Cores", Show.Number(nodes.Sum(n => (long)(n.TotalCores ?? 0)))),
        ("Memory", Show.Bytes(nodes.Sum(n => n.MemoryTotalBytes ?? 0))),
        ("GPUs", Show.Number(nodes.Sum(n => NodeCommands.CountGpus(n.Gpus)))));

    /// <param name="Nodes">All nodes.</param>
    /// <param name="Tasks">The newest running tasks.</param>
    internal sealed record Overview(IReadOnlyList<Node> Nodes, IReadOnlyList<ClusterTask> Tasks);
}
