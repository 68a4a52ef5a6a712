namespace KohakuRiver.Auth.Stores;

/// <summary>Submissions, the decisions about them, and whether the host took them over.</summary>
public interface IApprovalStore : IKohakuStore
{
    /// <summary>The approval of a task, or null.</summary>
    Task<Approval?> FindAsync(string taskId, CancellationToken cancellationToken);

    /// <summary>The approvals of these tasks, in no order; tasks without one are left out. At most 10 000 ids a call.</summary>
    Task<IReadOnlyList<Approval>> FindAsync(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken);

    /// <summary>A page of approvals, newest submission first, or oldest first where the query says so.</summary>
    Task<Page<Approval>> ListAsync(ApprovalQuery query, CancellationToken cancellationToken);

    /// <summary>How many are pending.</summary>
    Task<int> CountPendingAsync(CancellationToken cancellationToken);

    /// <summary>Whose submissions are pending, in no order; those without an account (any more) are left out.</summary>
    Task<IReadOnlyList<PendingSubmitter>> ListPendingSubmittersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Records a submission; one that is approved at once and has a <see cref="NewApproval.HoldUntil"/> is held for its first delivery, in
    /// the same transaction. Lost: <see cref="WriteStatus.NameTaken"/> when the task id has a row already.
    /// </summary>
    Task<WriteResult<Approval>> TryAddAsync(NewApproval approval, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Decides what is pending: of n parallel callers one wins. With <paramref name="onlySubmitterId"/> only that submitter's. With
    /// <see cref="ApprovalDecision.HoldUntil"/> the row returned is held for its first delivery, in the same transaction. Lost:
    /// <see cref="WriteStatus.NotFound"/>, <see cref="WriteStatus.Conflict"/> (no longer pending).
    /// </summary>
    Task<WriteResult<Approval>> TryDecideAsync(
        string taskId, ApprovalDecision decision, long? onlySubmitterId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Takes hold of decided approvals that the host has not accepted yet and that are due at <paramref name="now"/>, oldest decision
    /// first: each is held by one caller until <paramref name="until"/>, and its attempts count goes up.
    /// </summary>
    Task<IReadOnlyList<Approval>> LeaseUndeliveredAsync(
        int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Notes that the host has taken the decision over. The first time counts; repeating changes nothing.</summary>
    Task MarkDeliveredAsync(string taskId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Gives the hold back after a failure; the next try is due at <paramref name="nextTry"/>.</summary>
    Task MarkDeliveryFailedAsync(string taskId, DateTimeOffset nextTry, CancellationToken cancellationToken);

    /// <summary>
    /// Removes arguments and details, names of secret ones included, from approvals that were decided before
    /// <paramref name="decidedBefore"/> and that the host has accepted, and marks them by <see cref="Approval.ContentRemoved"/>; all else
    /// stays. Gives how many had any left to remove. What is pending or not delivered is left alone, however old: it is still needed.
    /// </summary>
    Task<int> RemoveContentAsync(DateTimeOffset decidedBefore, CancellationToken cancellationToken);

    /// <summary>How many decided approvals the host has not accepted yet, and when the oldest was decided (null for none).</summary>
    Task<DeliveryBacklog> ReadBacklogAsync(CancellationToken cancellationToken);
}
