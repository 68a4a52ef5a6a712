using System.Globalization;
using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Where one task of a submission runs.</summary>
/// <param name="Node">The node asked for; null = any.</param>
/// <param name="NumaNode">The NUMA node asked for; null = any.</param>
/// <param name="Gpus">The ids of the GPUs asked for.</param>
internal sealed record TaskTarget(NodeRow? Node, int? NumaNode, IReadOnlyList<int> Gpus)
{
    private const int MostTargets = 100;
    private const int MostNumaNodes = 1024;

    /// <summary>
    /// The targets of a submission, one without a node where it names none; null where a fault was noted. As people of KohakuRiver write
    /// them: <c>host</c>, <c>host:NUMA node</c>, <c>host::GPU ids</c>, or all three, with ids separated by commas.
    /// </summary>
    public static List<TaskTarget>? ReadAll(SubmitRequest request, IReadOnlyList<NodeRow> nodes, FieldFaults faults)
    {
        if (request.TargetNumaNodeId is < 0 or > MostNumaNodes)
        {
            faults.Add("target_numa_node_id", $"Must be from 0 to {MostNumaNodes}.");
        }

        var named = request.Targets ?? [];
        if (named.Count > MostTargets)
        {
            faults.Add("targets", $"At most {MostTargets} targets.");
            return null;
        }

        var gpus = request.RequiredGpus is { Count: > 0 } lists ? lists : [.. Enumerable.Repeat<int[]?>(null, Math.Max(named.Count, 1))];
        if (gpus.Count != Math.Max(named.Count, 1))
        {
            faults.Add("required_gpus", "Pass one list of GPU ids for each target.");
            return null;
        }

        if (named.Count == 0)
        {
            return [new TaskTarget(null, request.TargetNumaNodeId, gpus[0] ?? [])];
        }

        var targets = new List<TaskTarget>();
        for (var i = 0; i < named.Count; i++)
        {
            if (Read(named[i], nodes) is not { } target)
            {
                faults.Add(
                    "targets",
                    $"Number {i + 1} is not of the form host[:NUMA node][::GPU ids]; NUMA nodes go from 0 to {MostNumaNodes}.");
                return null;
            }

            if (target.Node is null)
            {
                faults.Add("targets", $"Only these nodes are known: {string.Join(", ", nodes.Select(n => n.Hostname))}.");
                return null;
            }

            CheckOnce(request, target, gpus[i], faults);
            targets.Add(target with
            {
                NumaNode = target.NumaNode ?? request.TargetNumaNodeId,
                Gpus = target.Gpus.Count > 0 ? target.Gpus : gpus[i] ?? [],
            });
        }

        return targets;
    }

    // What is said twice has to be the same.
    private static void CheckOnce(SubmitRequest request, TaskTarget target, IReadOnlyList<int>? gpus, FieldFaults faults)
    {
        if (target.NumaNode is { } numa && request.TargetNumaNodeId is { } other && numa != other)
        {
            faults.Add("target_numa_node_id", "A target names another NUMA node.");
        }

        if (target.Gpus.Count > 0 && gpus is { Count: > 0 } && !gpus.ToHashSet().SetEquals(target.Gpus))
        {
            faults.Add("required_gpus", "A target names other GPUs.");
        }
    }

    // Null where it is not of the form; without a node where nobody has this hostname.
    private static TaskTarget? Read(string? text, IReadOnlyList<NodeRow> nodes)
    {
        if (text is null)
        {
            return null;
        }

        var ids = new List<int>();
        if (text.LastIndexOf("::", StringComparison.Ordinal) is >= 0 and var end)
        {
            foreach (var id in text[(end + 2)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!TryReadNumber(id, out var number))
                {
                    return null;
                }

                ids.Add(number);
            }

            text = text[..end];
        }

        int? numa = null;
        if (text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            if (!TryReadNumber(text[(colon + 1)..], out var number) || number > MostNumaNodes)
            {
                return null;
            }

            numa = number;
            text = text[..colon];
        }

        return text.Length == 0 ? null : new TaskTarget(nodes.FirstOrDefault(n => n.Hostname == text), numa, ids);
    }

    private static bool TryReadNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
