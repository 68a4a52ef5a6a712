using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IApprovalService" />
internal sealed class ApprovalService(
    IApprovalStore approvals, ISettingsService settings, ApprovalDelivery delivery, PendingCount pending, AuthMetrics metrics,
    TimeProvider clock)
    : IApprovalService
{
    /// <inheritdoc />
    public async Task<KohakuResult<SubmissionResult>> SubmitAsync(
        Actor actor, TaskSubmission submission, CancellationToken cancellationToken = default)
    {
        var decision = TaskRules.Submit(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (SubmissionRules.Check(submission) is { } fault)
        {
            return fault;
        }

        // First of all: nothing below may see a value that is never to be stored.
        submission = SubmissionRules.WithoutSecrets(submission);
        var now = clock.GetInstant();
        var required = (await settings.GetEffectiveAsync(cancellationToken)).ApprovalRequiredRoles;
        var atOnce = !TaskRules.NeedsApproval(actor, required);
        var approval = new NewApproval
        {
            Task = submission,
            SubmitterId = actor.Id,
            Submitter = actor.Username,
            SubmittedAt = now,
            ApprovedAtOnce = atOnce,
            HoldUntil = atOnce ? delivery.HoldUntil(now) : null,
        };
        var entry = AuditEntries.By(actor, now, AuditActions.TaskSubmit).On("task", submission.TaskId, submission.Command)
            .With(approval.ApprovedAtOnce ? "approved at once" : "pending approval");
        var result = await approvals.TryAddAsync(approval, AuthorizedWrite.By(actor, entry), cancellationToken);
        if (result.Status.OfActor() is { } gone)
        {
            return gone;
        }

        if (!result.IsDone)
        {
            var there = await approvals.FindAsync(submission.TaskId, cancellationToken);
            if (there is null || there.SubmitterId != actor.Id || there.Submitter != actor.Username)
            {
                return new Refusal(RefusalKind.Conflict, "There is a task of this id already.");
            }

            // What was decided was decided about what was shown then, and about nothing else.
            return SubmissionRules.AreSame(there.Task, submission)
                ? new SubmissionResult(there)
                : new Refusal(RefusalKind.Conflict, "A task of this id was submitted already, with other content.");
        }

        if (approval.ApprovedAtOnce)
        {
            await delivery.TryNowAsync(result.Value);
        }
        else
        {
            pending.Changed();
        }

        return new SubmissionResult(result.Value);
    }

    /// <inheritdoc />
    public Task<KohakuResult<Approval>> ApproveAsync(Actor actor, string taskId, CancellationToken cancellationToken = default) =>
        DecideAsync(actor, taskId, ApprovalStatus.Approved, null, AuditActions.TaskApprove, cancellationToken);

    /// <inheritdoc />
    public async Task<KohakuResult<Approval>> RejectAsync(
        Actor actor, string taskId, string? reason, CancellationToken cancellationToken = default)
    {
        var may = AccessRules.Decide(actor, Permissions.ApproveTasks);
        if (!may.IsAllowed)
        {
            return may.Refusal;
        }

        if (FieldRules.FreeText(reason) is { } fault)
        {
            return Refusal.Field(Fields.Reason, fault);
        }

        var trimmed = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        return await DecideAsync(actor, taskId, ApprovalStatus.Rejected, trimmed, AuditActions.TaskReject, cancellationToken);
    }

    /// <inheritdoc />
    public Task<KohakuResult<Approval>> WithdrawAsync(Actor actor, string taskId, CancellationToken cancellationToken = default) =>
        DecideAsync(actor, taskId, ApprovalStatus.Withdrawn, null, AuditActions.TaskWithdraw, cancellationToken);

    /// <inheritdoc />
    public async Task<KohakuResult<Page<Approval>>> ListPendingAsync(
        Actor actor, PageRequest page, int offset = 0, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ApproveTasks);
        return decision.IsAllowed
            ? await approvals.ListAsync(
                new ApprovalQuery { Status = ApprovalStatus.Pending, Page = page, Offset = offset }, cancellationToken)
            : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<IReadOnlyList<PendingSubmitter>>> ListPendingSubmittersAsync(
        Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ApproveTasks);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var found = await approvals.ListPendingSubmittersAsync(cancellationToken);
        return KohakuResult<IReadOnlyList<PendingSubmitter>>.Success(
            [.. found.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Id)]);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<int>> CountPendingAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ApproveTasks);
        return decision.IsAllowed ? await approvals.CountPendingAsync(cancellationToken) : decision.Refusal;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<int> WatchPendingCountAsync(CancellationToken cancellationToken = default) =>
        pending.WatchAsync(cancellationToken);

    /// <inheritdoc />
    public Task<KohakuResult<Page<Approval>>> ListAsync(
        Actor actor, ApprovalStatus? status, PageRequest page, CancellationToken cancellationToken = default) =>
        SearchAsync(actor, new ApprovalQuery { Status = status, Page = page }, cancellationToken);

    /// <inheritdoc />
    public async Task<KohakuResult<Page<Approval>>> SearchAsync(
        Actor actor, ApprovalQuery query, CancellationToken cancellationToken = default)
    {
        var view = AccessRules.Decide(actor, Permissions.ViewTasks);
        if (!view.IsAllowed)
        {
            return view.Refusal;
        }

        if (!AccessRules.Decide(actor, Permissions.ApproveTasks).IsAllowed)
        {
            query = query with { SubmitterId = actor.Id };
        }

        return await approvals.ListAsync(query, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string,
    Approval>> FindAsync(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken = default)
    {
        var found = taskIds.Count == 0 ? [] : await approvals.FindAsync(taskIds, cancellationToken);
        return found.ToDictionary(a => a.Task.TaskId, StringComparer.Ordinal);
    }

    private async Task<KohakuResult<Approval>> DecideAsync(
        Actor actor, string taskId, ApprovalStatus status, string? reason, string action, CancellationToken cancellationToken)
    {
        // The permission comes before the look-up, so that nobody learns from a 404 whether a task exists.
        var may = status == ApprovalStatus.Withdrawn
            ? AccessRules.RequireRole(actor, Role.Viewer)
            : AccessRules.Decide(actor, Permissions.ApproveTasks);
        if (!may.IsAllowed)
        {
            return may.Refusal;
        }

        if (FieldRules.HostId(taskId) is not null || await approvals.FindAsync(taskId, cancellationToken) is not { } approval)
        {
            return Refusals.Hidden;
        }

        var required = (await settings.GetEffectiveAsync(cancellationToken)).ApprovalRequiredRoles;
        var rule = status == ApprovalStatus.Withdrawn
            ? TaskRules.Withdraw(actor, approval)
            : TaskRules.DecideApproval(actor, approval, required);
        if (!rule.IsAllowed)
        {
            return rule.Refusal;
        }

        var now = clock.GetInstant();
        var decision = new ApprovalDecision
        {
            Status = status,
            DecidedById = actor.Id,
            DecidedBy = actor.Username,
            DecidedAt = now,
            HoldUntil = delivery.HoldUntil(now),
            Reason = reason,
        };
        var entry = AuditEntries.By(actor, now, action).On("task", taskId, approval.Task.Command)
            .With(reason is null ? $"submitted by {approval.Submitter}" : $"submitted by {approval.Submitter}; reason: {reason}");
        var onlyOwn = status == ApprovalStatus.Withdrawn ? actor.Id : null;
        var result = await approvals.TryDecideAsync(taskId, decision, onlyOwn, AuthorizedWrite.By(actor, entry), cancellationToken);
        if (!result.IsDone)
        {
            return result.Status.OfActor() ?? (result.Status == WriteStatus.NotFound ? Refusals.Hidden : Refusals.AlreadyDecided);
        }

        metrics.ApprovalDecided(status);
        pending.Changed();
        await delivery.TryNowAsync(result.Value);
        return result.Value;
    }
}
