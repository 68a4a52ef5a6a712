namespace KohakuRiver.Auth;

/// <summary>Submissions and the decisions about them.</summary>
public interface IApprovalService
{
    /// <summary>
    /// Records a task that the host has created: pending, or approved at once, by the submitter's role. What is approved at once goes to
    /// the handler like any approval. The same submission again by the same submitter returns the existing row, so a host can
    /// repeat it after a crash. Refusals: Invalid (fields), Forbidden, Conflict (the id is another user's, or has other content).
    /// </summary>
    Task<KohakuResult<SubmissionResult>> SubmitAsync(Actor actor, TaskSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>
    /// Approves a pending task. Of several concurrent callers one wins. Refusals: Forbidden, Hidden (not there), Conflict (no longer
    /// pending).
    /// </summary>
    Task<KohakuResult<Approval>> ApproveAsync(Actor actor, string taskId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Rejects a pending task, with an optional reason of up to 1 000 characters. Refusals: Invalid (<c>reason</c>), Forbidden, Hidden,
    /// Conflict.
    /// </summary>
    Task<KohakuResult<Approval>> RejectAsync(Actor actor, string taskId, string? reason, CancellationToken cancellationToken = default);

    /// <summary>Withdraws the caller's own pending task. Refusals: Hidden (not there, or another's), Conflict (no longer
    /// pending).</summary>
    Task<KohakuResult<Approval>> WithdrawAsync(Actor actor, string taskId, CancellationToken cancellationToken = default);

    /// <summary>A page of what waits, newest first. Needs <see cref="Permissions.ApproveTasks"/>.</summary>
    Task<KohakuResult<Page<Approval>>> ListPendingAsync(
        Actor actor, PageRequest page, int offset = 0, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whose tasks wait, and how many of each, by name. Needs <see cref="Permissions.ApproveTasks"/>.
    /// </summary>
    Task<KohakuResult<IReadOnlyList<PendingSubmitter>>> ListPendingSubmittersAsync(
        Actor actor, CancellationToken cancellationToken = default);

    /// <summary>How many wait. Needs <see cref="Permissions.ApproveTasks"/>.</summary>
    Task<KohakuResult<int>> CountPendingAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// How many wait, now and after every change, here at once and from other instances within about a second. Ask for the permission
    /// (<see cref="Permissions.ApproveTasks"/>) first, and again as long as the stream is open: this method does not.
    /// </summary>
    IAsyncEnumerable<int> WatchPendingCountAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// A page of the history, newest submission first: everybody's for those who approve, the caller's own otherwise.
    /// </summary>
    Task<KohakuResult<Page<Approval>>> ListAsync(
        Actor actor, ApprovalStatus? status, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>
    /// A page of those that a query describes: everybody's for those who approve, the caller's own otherwise, whatever
    /// <see cref="ApprovalQuery.SubmitterId"/> says.
    /// </summary>
    Task<KohakuResult<Page<Approval>>> SearchAsync(Actor actor, ApprovalQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// The approvals of the host's tasks by id, for the host's own lists; asks for no permission, so show its content by
    /// <see cref="TaskRules.SeesContent"/>. Tasks without one are left out.
    /// </summary>
    Task<IReadOnlyDictionary<string,
    Approval>> FindAsync(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken = default);
}
