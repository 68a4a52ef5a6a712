namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What became of the tasks a form was about.</summary>
internal sealed class Decided
{
    private readonly List<long> done = [];
    private readonly List<string> late = [];

    /// <summary>The rows that were decided, by <see cref="Approval.Id"/>.</summary>
    internal IReadOnlyList<long> Done => done;

    /// <summary>The tasks that had been decided or withdrawn before, or are gone.</summary>
    internal IReadOnlyList<string> Late => late;

    /// <summary>How many were the reader's own, and were left alone.</summary>
    internal int Own { get; private set; }

    /// <summary>
    /// Decides one after the other. Gives the refusal that stops all of it: a reason that cannot be kept, or a reader who may not decide
    /// any more.
    /// </summary>
    internal async Task<Refusal?> AllAsync(
        PanelContext panel, IApprovalService approvals, TaskDecision decision, string? reason, IEnumerable<string> taskIds)
    {
        foreach (var id in taskIds.Distinct(StringComparer.Ordinal))
        {
            var outcome = decision == TaskDecision.Approve
                ? await approvals.ApproveAsync(panel.Actor, id, panel.Ct)
                : await approvals.RejectAsync(panel.Actor, id, reason, panel.Ct);
            if (outcome.IsSuccess)
            {
                done.Add(outcome.Value.Id);
            }
            else if (outcome.Refusal == Refusals.OwnSubmission)
            {
                Own++;
            }
            else if (outcome.Refusal.Kind is RefusalKind.Invalid or RefusalKind.Forbidden)
            {
                return outcome.Refusal;
            }
            else
            {
                late.Add(id);
            }
        }

        return null;
    }

    /// <summary>Leaves the message for the next page.</summary>
    internal async Task LeaveAsync(PanelContext panel, IApprovalService approvals, TaskDecision decision)
    {
        if (done.Count == 0 && late.Count == 0)
        {
            Flash.Leave(panel.Http, Own > 0 ? "own-task" : "nothing-chosen");
        }
        else if (done.Count == 0 && late.Count == 1 && Own == 0)
        {
            var there = (await approvals.FindAsync(late, panel.Ct)).GetValueOrDefault(late[0]);
            DecisionFlash.LeaveLate(panel.Http, there);
        }
        else
        {
            DecisionFlash.Leave(panel.Http, decision, done, late.Count, Own);
        }
    }
}
