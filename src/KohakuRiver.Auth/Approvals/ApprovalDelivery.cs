using System.Diagnostics;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Hands decisions over to the host's <see cref="ITaskApprovalHandler"/>: at once after the decision, and again by a
/// worker for what a crash or a failing scheduler left. One process at a time holds a decision, by a lease in its row.
/// </summary>
internal sealed class ApprovalDelivery(
    IApprovalStore approvals, IServiceScopeFactory scopes, AuthMetrics metrics, IOptions<KohakuAuthOptions> options,
    TimeProvider clock, ILogger<ApprovalDelivery> logger)
{
    // A person waits for the first try; what takes longer is left to the worker.
    private static readonly TimeSpan InlineTimeout = TimeSpan.FromSeconds(5);

    // Beyond the time-out of the handler, so that the lease never ends under a handler that still runs.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(15);

    private const int BatchSize = 20;

    private readonly DeliveryOptions delivery = options.Value.Delivery;

    /// <summary>Until when a decision made at <paramref name="at"/> is held for the try that follows it at once.</summary>
    public DateTimeOffset HoldUntil(DateTimeOffset at) => at + delivery.Timeout + LeaseMargin;

    /// <summary>
    /// Tries one decision that was written with <see cref="HoldUntil"/>. Never throws: the decision stands, and what fails here the worker
    /// repeats.
    /// </summary>
    public Task TryNowAsync(Approval held)
    {
        // Not the request's token: a client that hangs up must not leave its own decision behind.
        var timeout = delivery.Timeout < InlineTimeout ? delivery.Timeout : InlineTimeout;
        return DeliverAsync(held, timeout, CancellationToken.None);
    }

    /// <summary>Delivers what is due; gives how many decisions were tried. The worker calls it in a loop.</summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken = default)
    {
        var now = clock.GetInstant();
        var due = await approvals.LeaseUndeliveredAsync(BatchSize, now, HoldUntil(now), cancellationToken);

        // In parallel: the lease is for one time-out, so one slow hand-over must not eat up the others' time.
        await Task.WhenAll(due.Select(a => DeliverAsync(a, delivery.Timeout, cancellationToken)));
        return due.Count;
    }

    private async Task DeliverAsync(Approval approval, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var activity = Activities.Delivery.Start();
        activity?.SetTag(Activities.TaskId, approval.Task.TaskId)
            .SetTag(Activities.Attempt, approval.DeliveryAttempts)
            .SetTag(Instruments.Status.Name, approval.Status.ToName());
        try
        {
            using var timer = new CancellationTokenSource(timeout, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);

            // On a thread of its own: a handler that blocks instead of awaiting must not hold up the others, nor outlive the time-out.
            await Task.Run(() => HandOverAsync(approval, limit.Token), CancellationToken.None).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down: the lease runs out and another start delivers.
            throw;
        }
#pragma warning disable CA1031 // Whatever the host's scheduler throws, the decision is tried again.
        catch (Exception e)
#pragma warning restore CA1031 // End of the reason above.
        {
            activity.Fail(e);
            Note(activity, approval, e is OperationCanceledException ? DeliveryOutcome.Timeout : DeliveryOutcome.Failure);
            await NoteFailureAsync(approval, e);
            return;
        }

        Note(activity, approval, DeliveryOutcome.Success);

        try
        {
            await approvals.MarkDeliveredAsync(approval.Task.TaskId, clock.GetInstant(), CancellationToken.None);
            logger.Delivered(approval.Task.TaskId, approval.Status.ToName());
        }
        catch (StoreUnavailableException e)
        {
            logger.DeliveryNotRecorded(approval.Task.TaskId, e);
        }
    }

    private void Note(Activity? activity, Approval approval, DeliveryOutcome end)
    {
        activity?.SetTag(Instruments.DeliveryOutcome.Name, Instruments.DeliveryOutcome[end]);
        metrics.DeliveryTried(approval.Status, end);
    }

    private async Task HandOverAsync(Approval approval, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        // A host without a handler reads the decisions itself; there is nobody to hand them to.
        if (scope.ServiceProvider.GetService<ITaskApprovalHandler>() is { } handler)
        {
            await (approval.Status switch
            {
                ApprovalStatus.Approved => handler.OnApprovedAsync(approval, cancellationToken),
                ApprovalStatus.Rejected => handler.OnRejectedAsync(approval, cancellationToken),
                _ => handler.OnWithdrawnAsync(approval, cancellationToken),
            });
        }
    }

    private async Task NoteFailureAsync(Approval approval, Exception exception)
    {
        var doubled = delivery.FirstPause.TotalSeconds * Math.Pow(2, Math.Clamp(approval.DeliveryAttempts - 1, 0, 30));
        var next = clock.GetInstant() + TimeSpan.FromSeconds(Math.Min(doubled, delivery.LongestPause.TotalSeconds));
        logger.DeliveryFailed(approval.Task.TaskId, approval.Status.ToName(), approval.DeliveryAttempts, next, exception);
        try
        {
            await approvals.MarkDeliveryFailedAsync(approval.Task.TaskId, next, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            logger.DeliveryNotRecorded(approval.Task.TaskId, e);
        }
    }
}
