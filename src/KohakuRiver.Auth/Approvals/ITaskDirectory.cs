namespace KohakuRiver.Auth;

/// <summary>
/// The host's tasks, for the panel. Optional. Resolved in the scope of the request. Every method receives the actor and applies the
/// host's own rules; what the actor may not see of a task is null (<see cref="TaskRules.SeesContent"/>), and the panel hides it once more.
/// </summary>
public interface ITaskDirectory
{
    /// <summary>A page of tasks, newest first.</summary>
    Task<Page<TaskInfo>> ListAsync(Actor actor, TaskListQuery query, CancellationToken cancellationToken);

    /// <summary>One task with its output, or null.</summary>
    Task<TaskInfo?> FindAsync(Actor actor, string taskId, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a task, submits it for approval and returns its id. Refusals: Invalid, with fields named like the properties of
    /// <see cref="TaskRequest"/>; Forbidden.
    /// </summary>
    Task<KohakuResult<string>> SubmitAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken);

    /// <summary>Stops a task. Refusals: Forbidden, Hidden (not there), Conflict (not running any more).</summary>
    Task<KohakuResult> KillAsync(Actor actor, string taskId, CancellationToken cancellationToken);
}
