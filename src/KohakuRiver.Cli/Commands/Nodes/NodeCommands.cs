using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver nodes</c>.</summary>
internal static class NodeCommands
{
    internal static CliCommand Build() => new CliCommand("nodes", "Show the machines of the cluster.", "kohakuriver nodes list").With(
        new CliCommand(
            "list", "List nodes with their cores, memory and GPUs.", "kohakuriver nodes list --json").Does(async (run, cancellationToken) =>
            run.Output.List(
                await run.ListAsync<Node>("nodes", null, cancellationToken), "No nodes.",
                new Column<Node>("Node", n => n.Hostname), new("Status", n => n.Status), new(
                    "Cores", n => Show.Number(n.TotalCores)) { IsNumber = true },
                new("Memory", n => Show.Bytes(n.MemoryTotalBytes)) { IsNumber = true },
                new("GPUs", n => GpusOf(n.Gpus)) { Folds = true })));

    // Hosts describe GPUs differently: a number, ids, or objects with a name.
    private static string GpusOf(JsonElement? gpus) => gpus switch
    {
        { ValueKind: JsonValueKind.Array } list => Show.Joined(list.EnumerateArray().Select(g =>
            g.ValueKind == JsonValueKind.Object && g.TryGetProperty("name", out var name) ? name.ToString() : g.ToString())),
        { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } or null => "",
        { } other => other.ToString(),
    };
}
