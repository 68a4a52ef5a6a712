namespace KohakuRiver.Auth;

/// <summary>
/// The host's scheduler, as far as approvals concern it. Delivery is at least once: after a crash or a failure the same
/// decision comes again, with the same task id, which is the idempotency key. A call that returns has accepted the decision; one that
/// throws, or that does not end in time, is repeated with growing pauses. Resolved in a scope of its own for each call.
/// </summary>
/// <remarks>Every process that works on one database needs the handler: in a host without one a decision counts as accepted at
/// once.</remarks>
public interface ITaskApprovalHandler
{
    /// <summary>The task may run: approved by an operator, or at once.</summary>
    Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken);

    /// <summary>The task was rejected and will never run.</summary>
    Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken);

    /// <summary>The submitter took the task back.</summary>
    Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken);
}
