namespace KohakuRiver.Auth;

/// <summary>
/// The host's tasks, for the panel. Optional. Resolved in the scope of the request. Every method is given the actor and goes through the
/// host's own rules; what the actor may not see of a task is null (<see cref="TaskRules.SeesContent"/>), and the panel hides it once more.
/// </summary>
public interface ITaskDirectory
{
    /// <summary>A page of tasks, newest first.</summary>
    Task<Page<TaskInfo>> ListAsync(Actor actor, TaskListQuery query, CancellationToken cancellationToken);

    /// <summary>One task with its output, or null.</summary>
    Task<TaskInfo?> FindAsync(Actor actor, string taskId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a task and submits it for approval; gives its id. Refusals: Invalid with the fields <c>command</c>, <c>arguments</c>,
    /// <c>required_cores</c>, <c>required_memory_bytes</c>, <c>required_gpus</c>, <c>target</c>; Forbidden.
    /// </summary>
    Task<KohakuResult<string>> SubmitAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken);

    /// <summary>Stops a task. Refusals: Forbidden, Hidden (not there), Conflict (not running any more).</summary>
    Task<KohakuResult> KillAsync(Actor actor, string taskId, CancellationToken cancellationToken);
}
