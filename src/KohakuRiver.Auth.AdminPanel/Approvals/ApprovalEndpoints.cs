using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Approvals;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What waits for a decision, deciding, and the history.</summary>
internal static class ApprovalEndpoints
{
    private const string OfOne = "/approvals/people/{id:long:min(1)}";
    private const int LastPage = 100_000;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/approvals", ListPendingAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Page("/approvals/history", ListHistoryAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Page("/approvals/events", WatchAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Post<DecideForm>("/approvals/decide", DecideAsync, again: ListPendingAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Page(OfOne, ListOfOneAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Post<DecideAllForm>(OfOne + "/decide", DecideAllAsync, again: ListOfOneAsync).RequirePermission(Permissions.ApproveTasks);
    }

    private static async Task<IResult> ListPendingAsync(PanelContext panel, IApprovalService approvals)
    {
        var query = new StrictQuery(panel.Http);
        var view = QueueView.Read(query);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : await ShowQueueAsync(panel, approvals, view);
    }

    private static async Task<IResult> ShowQueueAsync(PanelContext panel, IApprovalService approvals, QueueView view)
    {
        var now = panel.Clock.GetInstant();
        var page = await approvals.SearchAsync(panel.Actor, view.Wanted, panel.Ct);
        var submitters = await approvals.ListPendingSubmittersAsync(panel.Actor, panel.Ct);
        if (page.Refusal is { } refusal)
        {
            return PanelAnswers.Refused(refusal);
        }

        if (view.Opened is null && page.Value!.Items is [var first, ..])
        {
            view = view with { Opened = now, First = first.Id };
        }

        var groups = panel.Http.RequestServices.GetRequiredService<IGroupService>();
        return PanelAnswers.Page<ApprovalsPage>(new QueueModel(
            page.Value!,
            view,
            submitters.Value ?? [],
            await GroupChoices.AllAsync(panel, groups),
            [.. (await NodeEndpoints.FindAsync(panel)).Select(n => n.Hostname)],
            await RequiredRolesAsync(panel)));
    }

    private static async Task<IResult> ListHistoryAsync(PanelContext panel, IApprovalService approvals)
    {
        var query = new StrictQuery(panel.Http);
        var status = query.OneOf<ApprovalStatus>("status", ApprovalStatusNames.All, ApprovalStatusNames.TryParse);
        var number = query.Int("page", 1, LastPage) ?? 1;
        var sort = query.OneOf("sort", HistoryModel.Downwards, HistoryModel.Upwards) ?? HistoryModel.Downwards;
        var name = query.Text("person", 100);
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var person = await PeopleSearch.WantAsync(panel, name);
        var page = await approvals.SearchAsync(
            panel.Actor,
            new ApprovalQuery
            {
                Status = status,
                SubmitterId = person.Id,
                OldestFirst = sort == HistoryModel.Upwards,
                Offset = (number - 1) * QueueView.PageSize,
                Page = new PageRequest(QueueView.PageSize),
            },
            panel.Ct);
        return page.IsSuccess
            ? PanelAnswers.Page<ApprovalHistoryPage>(new HistoryModel(page.Value, status, person, sort, number))
            : PanelAnswers.Refused(page.Refusal);
    }

    private static Task<IResult> WatchAsync(
        PanelContext panel, IApprovalService approvals, IActorRecheck recheck, TimeProvider clock, IHostApplicationLifetime host) =>
        ApprovalEvents.WatchAsync(panel.Http, panel.Actor, approvals, recheck, clock, host, panel.Ct);

    private static async Task<IResult> DecideAsync(PanelContext panel, DecideForm form, IApprovalService approvals)
    {
        var view = QueueView.Parse(form.View);
        if (Haste.IsTooEarly(panel, form.ShownAt))
        {
            Flash.Leave(panel.Http, "too-early");
            return PanelAnswers.SeeOther(AddressOf(panel, view));
        }

        var decided = new Decided();
        if (await decided.AllAsync(panel, approvals, form.Decision, form.Reason, form.Ids) is { } refusal)
        {
            return refusal.Kind == RefusalKind.Invalid
                ? await PanelAnswers.AgainAsync(panel, refusal, () => ShowQueueAsync(panel, approvals, view))
                : PanelAnswers.Refused(refusal);
        }

        await decided.LeaveAsync(panel, approvals, form.Decision);
        return PanelAnswers.SeeOther(AddressOf(panel, view, decided.Done));
    }

    private static async Task<IResult> ListOfOneAsync(PanelContext panel, long id, IApprovalService approvals)
    {
        var query = new StrictQuery(panel.Http);
        var back = query.Text("back", 2000);
        return query.Refusal is { } fault
            ? PanelAnswers.Refused(fault)
            : await ShowOneAsync(panel, id, approvals, QueueView.Parse(back));
    }

    private static async Task<IResult> ShowOneAsync(PanelContext panel, long id, IApprovalService approvals, QueueView view)
    {
        var page = await approvals.SearchAsync(
            panel.Actor,
            new ApprovalQuery
            {
                Status = ApprovalStatus.Pending, SubmitterId = id, OldestFirst = true, Page = new PageRequest(QueueView.PageSize),
            },
            panel.Ct);
        if (!page.IsSuccess)
        {
            return PanelAnswers.Refused(page.Refusal);
        }

        var required = await RequiredRolesAsync(panel);
        return PanelAnswers.Page<PersonQueuePage>(new PersonQueueModel(
            page.Value,
            view,
            page.Value.Items is [var first, ..] ? first.Submitter : null,
            page.Value.Items.All(a => TaskRules.DecideApproval(panel.Actor, a, required).IsAllowed)));
    }

    private static async Task<IResult> DecideAllAsync(PanelContext panel, long id, DecideAllForm form, IApprovalService approvals)
    {
        var view = QueueView.Parse(form.View);
        var decided = new Decided();
        if (await decided.AllAsync(panel, approvals, form.Decision, form.Reason, form.Ids) is { } refusal)
        {
            return refusal.Kind == RefusalKind.Invalid
                ? await PanelAnswers.AgainAsync(panel, refusal, () => ShowOneAsync(panel, id, approvals, view))
                : PanelAnswers.Refused(refusal);
        }

        await decided.LeaveAsync(panel, approvals, form.Decision);
        return PanelAnswers.SeeOther(AddressOf(panel, view));
    }

    // Without a script the browser goes to the row that was decided; with one the page stays as it is.
    private static string AddressOf(PanelContext panel, QueueView view, IReadOnlyList<long>? done = null)
    {
        var address = panel.Url("/approvals", view.Parameters);
        return done is [var row, ..] ? address + "#task-" + row.ToString(CultureInfo.InvariantCulture) : address;
    }

    private static async Task<IReadOnlyCollection<Role>> RequiredRolesAsync(PanelContext panel) =>
        (await panel.Http.RequestServices.GetRequiredService<ISettingsService>().GetEffectiveAsync(panel.Ct)).ApprovalRequiredRoles;
}
