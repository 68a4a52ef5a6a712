using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>This cluster's tasks for the panel: the same views and rules as the HTTP calls.</summary>
internal sealed class TaskDirectory(TaskViews views, TaskStore tasks, Submissions submissions, TaskKill kill) : ITaskDirectory
{
    private const string Order = "-id";

    public async Task<Page<TaskInfo>> ListAsync(Actor actor, TaskListQuery query, CancellationToken cancellationToken)
    {
        var before = query.Page.After is { } after ? after.Id : long.MaxValue;
        var found = await views.ListAsync(actor, query.Status, query.Node, query.Page.Limit + 1, cancellationToken, before, query.OwnerId);
        var shown = found.Take(query.Page.Limit).Select(Describe).ToList();
        var next = found.Count > query.Page.Limit && HostIds.TryRead(shown[^1].TaskId, out var last)
            ? new PageCursor { Order = Order, Id = last }
            : null;
        return new Page<TaskInfo>(shown, next, await tasks.CountAsync(query.Status, query.Node, query.OwnerId, cancellationToken));
    }

    // <snippet:tasks>
    public async Task<TaskInfo?> FindAsync(Actor actor, string taskId, CancellationToken cancellationToken) =>
        await views.FindAsync(actor, taskId, cancellationToken) is { } task ? Describe(task) : null;

    public async Task<KohakuResult<string>> SubmitAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken)
    {
        var outcome = await submissions.SubmitAsync(
            new SubmitRequest
            {
                Command = request.Command,
                Arguments = [.. request.Arguments],
                RequiredCores = request.RequiredCores,
                RequiredMemoryBytes = request.RequiredMemoryBytes,
                RequiredGpus = request.RequiredGpus.Count > 0 ? [request.RequiredGpus] : null,
                Targets = request.Target is null ? null : [request.Target],
            },
            actor,
            cancellationToken);
        return outcome.IsSuccess ? outcome.Value.TaskIds[0] : ForPanel(outcome.Refusal);
    }

    public async Task<KohakuResult> KillAsync(Actor actor, string taskId, CancellationToken cancellationToken)
    {
        var outcome = await kill.KillAsync(actor, taskId, cancellationToken);
        return outcome.IsSuccess ? KohakuResult.Success : outcome.Refusal;
    }
    // </snippet:tasks>

    // The panel's form has one target where the HTTP call has a list.
    private static Refusal ForPanel(Refusal refusal) => refusal.Errors is { } errors
        ? refusal with { Errors = errors.ToDictionary(e => e.Key == "targets" ? "target" : e.Key, e => e.Value, StringComparer.Ordinal) }
        : refusal;

    private static TaskInfo Describe(TaskBody task) => new()
    {
        TaskId = task.TaskId,
        TaskType = task.TaskType,
        Status = task.Status,
        CanBeKilled = task.Status is TaskStatuses.Pending or TaskStatuses.Running,
        Command = task.Command,
        Arguments = task.Arguments,
        Environment = task.EnvVars,
        RequiredCores = task.RequiredCores,
        RequiredMemoryBytes = task.RequiredMemoryBytes,
        RequiredGpus = task.RequiredGpus,
        Node = task.AssignedNode,
        OwnerId = task.OwnerId,
        Owner = task.OwnerUsername,
        SubmittedAt = task.SubmittedAt,
        StartedAt = task.StartedAt,
        CompletedAt = task.CompletedAt,
        ExitCode = task.ExitCode,
        Stdout = task.Stdout,
        Stderr = task.Stderr,
    };
}
