using KohakuRiver.Auth.AdminPanel.Approvals;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What waits for a decision, deciding, and the history.</summary>
internal static class ApprovalEndpoints
{
    private const int PageSize = 50;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/approvals", ListPendingAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Page("/approvals/history", ListHistoryAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Page("/approvals/events", WatchAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Post<DecideForm>("/approvals/decide", DecideAsync).RequirePermission(Permissions.ApproveTasks);
    }

    private static async Task<IResult> ListPendingAsync(PanelContext panel, IApprovalService approvals)
    {
        var query = new StrictQuery(panel.Http);
        var cursor = query.Cursor("-id");
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await approvals.ListPendingAsync(panel.Actor, new PageRequest(PageSize, cursor), cancellationToken: panel.Ct);
        return page.IsSuccess
            ? PanelAnswers.Page<ApprovalsPage>(new ApprovalsModel(page.Value, false, null, cursor is null))
            : PanelAnswers.Refused(page.Refusal);
    }

    private static async Task<IResult> ListHistoryAsync(PanelContext panel, IApprovalService approvals)
    {
        var query = new StrictQuery(panel.Http);
        var status = query.OneOf<ApprovalStatus>("status", ApprovalStatusNames.All, ApprovalStatusNames.TryParse);
        var cursor = query.Cursor("-id");
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await approvals.ListAsync(panel.Actor, status, new PageRequest(PageSize, cursor), panel.Ct);
        return page.IsSuccess
            ? PanelAnswers.Page<ApprovalHistoryPage>(new ApprovalsModel(page.Value, true, status, cursor is null))
            : PanelAnswers.Refused(page.Refusal);
    }

    private static Task<IResult> WatchAsync(
        PanelContext panel, IApprovalService approvals, IActorRecheck recheck, TimeProvider clock, IHostApplicationLifetime host) =>
        ApprovalEvents.WatchAsync(panel.Http, panel.Actor, approvals, recheck, clock, host, panel.Ct);

    private static async Task<IResult> DecideAsync(PanelContext panel, DecideForm form, IApprovalService approvals)
    {
        var approve = form.Decision == TaskDecision.Approve;
        var ids = form.Ids.Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
        {
            return PanelAnswers.Done(panel, "/approvals", "nothing-chosen");
        }

        var done = 0;
        var own = 0;
        foreach (var id in ids)
        {
            var outcome = approve
                ? await approvals.ApproveAsync(panel.Actor, id, panel.Ct)
                : await approvals.RejectAsync(panel.Actor, id, form.Reason, panel.Ct);
            if (outcome.Refusal is { Kind: RefusalKind.Invalid } fault)
            {
                return await PanelAnswers.AgainAsync(panel, fault, () => ListPendingAsync(panel, approvals));
            }

            // Somebody's own task is left alone; whoever may not decide any more is told that at once.
            var isOwn = outcome.Refusal == Refusals.OwnSubmission;
            if (!isOwn && outcome.Refusal is { Kind: RefusalKind.Forbidden } forbidden)
            {
                return PanelAnswers.Refused(forbidden);
            }

            done += outcome.IsSuccess ? 1 : 0;
            own += isOwn ? 1 : 0;
        }

        var name = approve ? "approved" : "rejected";
        return done == ids.Count ? PanelAnswers.Done(panel, "/approvals", name, done)
            : own == ids.Count ? PanelAnswers.Done(panel, "/approvals", "own-task")
            : ids.Count == 1 ? PanelAnswers.Done(panel, "/approvals", "decided-elsewhere")
            : own == 0 ? PanelAnswers.Done(panel, "/approvals", name + "-some", done, ids.Count - done)
            : done + own == ids.Count ? PanelAnswers.Done(panel, "/approvals", name + "-own", done, own)
            : PanelAnswers.Done(panel, "/approvals", name + "-mixed", done, ids.Count - done - own, own);
    }
}
