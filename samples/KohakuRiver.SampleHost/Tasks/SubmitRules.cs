using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>What may be submitted; all faults are reported at once, by field.</summary>
internal static class SubmitRules
{
    private const int LongestText = 32_768;
    private const long LargestMemory = FieldRules.LargestInteger;

    /// <summary>Where its tasks run, one each. Refusals: Invalid (fields).</summary>
    public static KohakuResult<IReadOnlyList<TaskTarget>> Check(
        SubmitRequest request, ExecutableList executables, IReadOnlyList<NodeRow> nodes)
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
        var targets = TaskTarget.ReadAll(request, nodes, faults);
        if (targets is not null && nodes.Count > 0)
        {
            CheckNeeds(request, targets, nodes, faults);
        }

        return faults.ToRefusal() is { } fault ? fault : targets!;
    }

    // This host has no containers: fields that name one are shown to approvers, fields that would extend one are refused.
    private static void CheckContainer(SubmitRequest request, FieldFaults faults) => faults
        .Add("container_name", FieldRules.FreeText(request.ContainerName))
        .Add("registry_image", FieldRules.FreeText(request.RegistryImage))
        .Add("ip_reservation_token", FieldRules.FreeText(request.IpReservationToken))
        .Add("privileged", request.Privileged == true ? "This host has no containers, so nothing runs privileged." : null)
        .Add(
            "additional_mounts",
            request.AdditionalMounts is { Count: > 0 } ? "This host has no containers, so nothing can be mounted." : null);

    private static void CheckNeeds(
        SubmitRequest request, IReadOnlyList<TaskTarget> targets, IReadOnlyList<NodeRow> nodes, FieldFaults faults)
    {
        var cores = Largest(n => n.TotalCores);
        var memory = Largest(n => n.MemoryTotalBytes);
        faults.Add(
            "required_cores", request.RequiredCores is < 0 || request.RequiredCores > cores ? $"Must be from 0 (any) to {cores}." : null);
        faults.Add(
            "required_memory_bytes", request.RequiredMemoryBytes is < 0 || request.RequiredMemoryBytes > Math.Min(memory, LargestMemory)
            ? $"Must be from 0 to {memory}." : null);
        foreach (var target in targets)
        {
            var most = target.Node?.Gpus.Length ?? nodes.Max(n => n.Gpus.Length);
            if (target.Gpus.Any(id => id < 0 || id >= most) || target.Gpus.Distinct().Count() != target.Gpus.Count)
            {
                faults.Add("required_gpus", most == 0 ? "The node has no GPUs." : $"GPU ids go from 0 to {most - 1}, each once.");
            }
        }

        // Each node that is named must have enough, where none is any one.
        long Largest(Func<NodeRow, long> of) => targets.Min(t => t.Node is { } node ? of(node) : nodes.Max(of));
    }
}
