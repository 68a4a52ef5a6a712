using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>What may be submitted; all faults are reported at once, by field.</summary>
internal static class SubmitRules
{
    private const int MostTargets = 100;
    private const int MostNumaNodes = 1024;
    private const int LongestText = 32_768;
    private const long LargestMemory = FieldRules.LargestInteger;

    public static Refusal? Check(SubmitRequest request, ExecutableList executables, IReadOnlyList<NodeRow> nodes)
    {
        var arguments = request.Arguments ?? [];
        var faults = new FieldFaults()
            .Add("task_type", request.TaskType is null or "command" ? null : "This host runs tasks of the type command only.")
            .Add("command", executables.Refuse(request.Command))
            .CheckArguments(request.Command, arguments)
            .CheckVariables(request.EnvVars ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            .Add(
                "arguments",
                arguments.Sum(a => (long)(a?.Length ?? 0)) > LongestText - 256 ? "The arguments are too long in total." : null);
        CheckContainer(request, faults);
        var candidates = CheckTargets(request, nodes, faults);
        if (candidates.Count > 0)
        {
            CheckNeeds(request, candidates, faults);
        }

        return faults.ToRefusal();
    }

    // This host has no containers: fields that name one are shown to approvers, fields that would extend one are refused.
    private static void CheckContainer(SubmitRequest request, FieldFaults faults) => faults
        .Add(
            "target_numa_node_id",
            request.TargetNumaNodeId is null or (>= 0 and <= MostNumaNodes) ? null : $"Must be from 0 to {MostNumaNodes}.")
        .Add("container_name", FieldRules.FreeText(request.ContainerName))
        .Add("registry_image", FieldRules.FreeText(request.RegistryImage))
        .Add("ip_reservation_token", FieldRules.FreeText(request.IpReservationToken))
        .Add("privileged", request.Privileged == true ? "This host has no containers, so nothing runs privileged." : null)
        .Add(
            "additional_mounts",
            request.AdditionalMounts is { Count: > 0 } ? "This host has no containers, so nothing can be mounted." : null);

    private static List<NodeRow> CheckTargets(SubmitRequest request, IReadOnlyList<NodeRow> nodes, FieldFaults faults)
    {
        if (request.Targets is not { Count: > 0 } targets)
        {
            return [.. nodes];
        }

        if (targets.Count > MostTargets)
        {
            faults.Add("targets", $"At most {MostTargets} targets.");
            return [];
        }

        var found = targets.Select(t => nodes.FirstOrDefault(n => n.Hostname == t)).ToList();
        if (found.Contains(null))
        {
            faults.Add("targets", $"Only these nodes are known: {string.Join(", ", nodes.Select(n => n.Hostname))}.");
            return [];
        }

        return found!;
    }

    private static void CheckNeeds(SubmitRequest request, List<NodeRow> candidates, FieldFaults faults)
    {
        var targeted = request.Targets is { Count: > 0 };
        var cores = Largest(n => n.TotalCores);
        var memory = Largest(n => n.MemoryTotalBytes);
        faults.Add(
            "required_cores", request.RequiredCores is < 0 || request.RequiredCores > cores ? $"Must be from 0 (any) to {cores}." : null);
        faults.Add(
            "required_memory_bytes", request.RequiredMemoryBytes is < 0 || request.RequiredMemoryBytes > Math.Min(memory, LargestMemory)
            ? $"Must be from 0 to {memory}." : null);
        if (request.RequiredGpus is not { Count: > 0 } gpus)
        {
            return;
        }

        if (gpus.Count != (targeted ? candidates.Count : 1))
        {
            faults.Add("required_gpus", "Pass one list of GPU ids for each target.");
            return;
        }

        for (var i = 0; i < gpus.Count; i++)
        {
            var most = targeted ? candidates[i].Gpus.Length : candidates.Max(n => n.Gpus.Length);
            var ids = gpus[i] ?? [];
            if (ids.Any(id => id < 0 || id >= most) || ids.Distinct().Count() != ids.Count)
            {
                faults.Add("required_gpus", most == 0 ? "The node has no GPUs." : $"GPU ids go from 0 to {most - 1}, each once.");
            }
        }

        // With targets each of them must have enough, without them any one.
        long Largest(Func<NodeRow, long> of) => targeted ? candidates.Min(of) : candidates.Max(of);
    }
}
