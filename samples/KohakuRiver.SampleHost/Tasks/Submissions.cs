using System.Globalization;
using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Submitting tasks: one for each target, each with a row here first and a submission for approval second.</summary>
internal sealed class Submissions(
    TaskStore tasks, NodeStore nodes, ExecutableList executables, IApprovalService approvals, HostIds ids, TimeProvider clock)
{
    // Common names of credentials: an approver sees that there is one, but not its value.
    private static readonly string[] SecretEndings = ["token", "secret", "password", "passwd", "_key", "_pat"];

    /// <summary>Checks, records and submits, all or nothing. Refusals: Invalid (fields), Forbidden.</summary>
    public async Task<KohakuResult<SubmitBody>> SubmitAsync(SubmitRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var line = ReadLine(request);
        if (!line.IsSuccess)
        {
            return line.Refusal;
        }

        request = line.Value.Request;
        var targets = SubmitRules.Check(request, executables, await nodes.ListAsync(cancellationToken));
        if (!targets.IsSuccess)
        {
            return targets.Refusal;
        }

        var rows = Rows(request, targets.Value, actor);
        await tasks.AddAsync(rows, cancellationToken);

        // <snippet:submit>
        // From here on it completes even if the client hangs up. AbandonedSubmissions handles a crash in between.
        var waits = false;
        foreach (var row in rows)
        {
            var outcome = await approvals.SubmitAsync(actor, Describe(row, request), CancellationToken.None);
            if (!outcome.IsSuccess)
            {
                // Only those without an approval are removed; the order tells them apart, the state no longer does.
                await tasks.RemoveAsync([.. rows.SkipWhile(r => r.Id != row.Id).Select(r => r.Id)], CancellationToken.None);
                return outcome.Refusal;
            }

            waits |= outcome.Value.NeedsApproval;
        }
        // </snippet:submit>

        var many = rows.Count == 1 ? "Task" : "Tasks";
        return new SubmitBody(
            (waits ? $"{many} submitted; approval is pending." : $"{many} submitted.") + line.Value.Note,
            [.. rows.Select(r => HostIds.ToText(r.Id))],
            waits ? TaskStatuses.PendingApproval : TaskStatuses.Pending,
            rows[0].Command,
            rows[0].Arguments);
    }

    // People type a whole line where KohakuRiver's clients ask for a command. No allowed program has such a name, so none is lost.
    private KohakuResult<(SubmitRequest Request, string Note)> ReadLine(SubmitRequest request)
    {
        if (request.Arguments is { Count: > 0 }
            || request.Command is not { } command
            || executables.Find(command) is not null
            || !ShellLine.IsOne(command))
        {
            return (request, "");
        }

        var words = ShellLine.Split(command);
        return words.IsSuccess
            ? (request with { Command = words.Value[0], Arguments = [.. words.Value.Skip(1)] },
                $" The line was read as: {ShellLine.Join(words.Value)}. Nothing in it is expanded.")
            : words.Refusal;
    }

    private List<TaskRow> Rows(SubmitRequest request, IReadOnlyList<TaskTarget> targets, Actor actor)
    {
        var now = clock.GetInstant();
        var batch = ids.Next();
        return [.. targets.Select((target, i) => new TaskRow
        {
            Id = i == 0 ? batch : ids.Next(),
            BatchId = batch,
            TaskType = request.TaskType ?? "command",
            Command = request.Command!,
            Arguments = [.. (request.Arguments ?? [])!],
            EnvVars = (
                request.EnvVars ?? new Dictionary<string,
                string?>(StringComparer.Ordinal)).ToDictionary(v => v.Key, v => v.Value!, StringComparer.Ordinal),
            RequiredCores = request.RequiredCores ?? 1,
            RequiredMemoryBytes = request.RequiredMemoryBytes,
            RequiredGpus = [.. target.Gpus],
            TargetNode = target.Node?.Hostname,
            TargetNumaNodeId = target.NumaNode,
            ContainerName = string.IsNullOrWhiteSpace(request.ContainerName) ? null : request.ContainerName.Trim(),
            OwnerId = actor.Id,
            OwnerUsername = actor.Username,
            Status = TaskStatuses.PendingApproval,
            SubmittedAt = now,
        })];
    }

    private static bool IsSecret(string name) => SecretEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static TaskSubmission Describe(TaskRow row, SubmitRequest request)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add("container_name", request.ContainerName);
        Add("target_numa_node_id", row.TargetNumaNodeId?.ToString(CultureInfo.InvariantCulture));
        Add("registry_image", request.RegistryImage);
        Add("ip_reservation_token", request.IpReservationToken);
        foreach (var (name, value) in row.EnvVars)
        {
            details[$"env {name}"] = value;
        }

        // This host keeps the environment in its own table, from which the task gets it: the approval needs no secret.
        var secrets = details.Keys.Where(IsSecret).ToList();

        return new TaskSubmission
        {
            TaskId = HostIds.ToText(row.Id),
            TaskType = row.TaskType,
            Command = row.Command,
            Arguments = row.Arguments,
            RequiredCores = row.RequiredCores,
            RequiredMemoryBytes = row.RequiredMemoryBytes,
            RequiredGpus = row.RequiredGpus,
            TargetNode = row.TargetNode,
            Details = details,
            SecretDetails = secrets,
        };

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                details[name] = value;
            }
        }
    }
}
