using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver nodes</c>.</summary>
internal static class NodeCommands
{
    internal static CliCommand Build() =>
        new CliCommand("nodes", "Show the machines of the cluster.", "kohakuriver nodes list").With(List(), ShowOne());

    /// <summary>How many GPUs a node has, where it says that at all.</summary>
    internal static long CountGpus(JsonElement? gpus) => gpus switch
    {
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength(),
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var count) => count,
        _ => 0,
    };

    private static CliCommand List()
    {
        var status = GlobalOptions.Text("--status", "Only nodes in this state, like online or offline.", "STATUS")
            .Offering("online", "offline");
        return new CliCommand("list", "List nodes with their cores, memory and GPUs.", "kohakuriver nodes list --json").With(status)
            .ShowsList()
            .Formerly(status, "-s")
            .Does(async (run, cancellationToken) =>
        {
            var nodes = await run.ListAsync<Node>("nodes", null, cancellationToken);
            run.Output.List(
                [.. nodes.Where(n => run.Get(status) is not { } wanted || wanted.Equals(n.Status, StringComparison.OrdinalIgnoreCase))],
                "No nodes.",
                new Column<Node>("Node", n => n.Hostname), new("Status", n => n.Status) { IsState = true },
                new("Cores", n => Show.Number(n.TotalCores)) { IsNumber = true },
                new("Memory", n => Show.Bytes(n.MemoryTotalBytes)) { IsNumber = true },
                new("GPUs", n => GpusOf(n.Gpus)) { Folds = true, Drop = 9 });
        });
    }

    private static CliCommand ShowOne()
    {
        var name = GlobalOptions.Named("node", "The node's host name.", "nodes", "hostname");
        return new CliCommand("show", "Show one node.", "kohakuriver nodes show node-1").With(name).Does(async (run, cancellationToken) =>
        {
            var wanted = run.Get(name);
            var found = (await run.ListAsync<Node>("nodes", null, cancellationToken))
                .FirstOrDefault(n => n.Hostname.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                ?? throw CliException.Failed($"There is no node '{wanted}'. List them: kohakuriver nodes list");
            run.Output.Value(found, () => run.Output.Fields(
                ("Node", found.Hostname), ("Status", found.Status), ("Cores", Show.Number(found.TotalCores)),
                ("Memory", Show.Bytes(found.MemoryTotalBytes)), ("GPUs", GpusOf(found.Gpus))));
        });
    }

    // Hosts describe GPUs differently: a number, ids, or objects with a name.
    private static string GpusOf(JsonElement? gpus) => gpus switch
    {
        { ValueKind: JsonValueKind.Array } list => Show.Joined(list.EnumerateArray().Select(g =>
            g.ValueKind == JsonValueKind.Object && g.TryGetProperty("name", out var name) ? name.ToString() : g.ToString())),
        { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } or null => "",
        { } other => other.ToString(),
    };
}
