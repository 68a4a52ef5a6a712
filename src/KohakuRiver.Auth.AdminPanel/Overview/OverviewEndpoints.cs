using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Audit;
using KohakuRiver.Auth.AdminPanel.Overview;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The first page: what waits for its reader, and what is their own.</summary>
internal static class OverviewEndpoints
{
    private const int WaitingShown = 5;
    private const int EndingShown = 5;
    private const int OwnShown = 5;
    private const string Decide = "/overview/decide";

    // A place with more users than this has begun.
    private const int FewUsers = 10;

    private static readonly TimeSpan ForGood = TimeSpan.FromDays(400);

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("", ShowAsync).RequireSomebody();
        panel.Post<DecideForm>(Decide, DecideAsync, again: ShowAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Post("/overview/steps/hide", HideSteps).RequirePermission(Permissions.ManageUsers);
    }

    private static async Task<IResult> ShowAsync(PanelContext panel)
    {
        if (panel.Actor.MustChangePassword)
        {
            return PanelAnswers.SeeOther(ChangePasswordEndpoints.Address(panel, null));
        }

        // The page everybody comes to after logging in: whoever has no permission is told so here.
        if (!panel.Can(Permissions.ManageOwnAccount))
        {
            return PanelAnswers.Page<NoPermissionPage>();
        }

        var query = new StrictQuery(panel.Http);
        var view = QueueView.Read(query);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault) : await PageAsync(panel, view);
    }

    private static async Task<IResult> PageAsync(PanelContext panel, QueueView view)
    {
        var services = panel.Http.RequestServices;
        var figures = await services.GetRequiredService<OverviewService>().GetAsync(panel.Actor, panel.Ct);
        var waiting = panel.Can(Permissions.ApproveTasks) ? await FindWaitingAsync(panel, view) : null;
        if (waiting?.Refusal is { } refusal)
        {
            return PanelAnswers.Refused(refusal);
        }

        var ownVps = await services.GetRequiredService<IVpsAccessService>().ListOwnAsync(panel.Actor, panel.Ct);
        var ids = ownVps.Value?.Ids ?? [];
        return PanelAnswers.Page<OverviewPage>(new OverviewModel
        {
            Figures = figures,
            Waiting = waiting?.Value,
            Recent = figures.Recent,
            Names = figures.Recent is { } recent ? await AuditNames.FindAsync(panel, recent, withTokens: false) : AuditNames.None,
            Ending = await services.GetRequiredService<TokenFinder>()
                .ListEndingAsync(panel.Actor, TokensModel.Soon, EndingShown, panel.Ct),
            Nodes = panel.HasNodes && panel.Can(Permissions.ViewNodes) ? await NodeEndpoints.FindAsync(panel) : null,
            Steps = await FindStepsAsync(panel, figures.UsersByRole?.Sum(r => r.Value)),
            Own = await FindOwnAsync(panel),
            Tokens = (await services.GetRequiredService<ITokenService>()
                .ListOwnAsync(panel.Actor, new PageRequest(1), panel.Ct)).Value?.Total ?? 0,
            Sessions = (await services.GetRequiredService<IAccountService>()
                .ListSessionsAsync(panel.Actor, panel.Ct)).Value?.Sessions.Count ?? 0,
            VpsCount = ids.Count,
            Vps = await VpsNames.FindAsync(panel, [.. ids.Take(OwnShown)]),
            FailedLogins = (await services.GetRequiredService<AccountNoticeService>()
                .GetAsync(panel.Actor, panel.Ct)).Value?.FailedLogins ?? 0,
        });
    }

    // The oldest first, and those decided since the page was opened in their places, as in the queue.
    private static async Task<KohakuResult<WaitingModel>> FindWaitingAsync(PanelContext panel, QueueView view)
    {
        var services = panel.Http.RequestServices;
        var wanted = new QueueView { Opened = view.Opened, First = view.First };
        var page = await services.GetRequiredService<IApprovalService>().SearchAsync(
            panel.Actor, wanted.Wanted with { Page = new PageRequest(WaitingShown) }, panel.Ct);
        if (!page.IsSuccess)
        {
            return page.Refusal;
        }

        if (wanted.Opened is null && page.Value.Items is [var first, ..])
        {
            wanted = wanted with { Opened = panel.Clock.GetInstant(), First = first.Id };
        }

        var settings = await services.GetRequiredService<ISettingsService>().GetEffectiveAsync(panel.Ct);
        return new WaitingModel(page.Value, wanted, settings.ApprovalRequiredRoles);
    }

    // Those who decide see the queue; the others, how their own submissions stand.
    private static async Task<Page<Approval>?> FindOwnAsync(PanelContext panel) =>
        panel.Can(Permissions.SubmitTasks) && !panel.Can(Permissions.ApproveTasks)
            ? (await panel.Http.RequestServices.GetRequiredService<IApprovalService>()
                .ListAsync(panel.Actor, null, new PageRequest(OwnShown), panel.Ct)).Value
            : null;

    // What there is decides what is still to be done; once a few people are there, the place has begun in its own way.
    private static async Task<StepsModel?> FindStepsAsync(PanelContext panel, long? lately)
    {
        // The number of the figures is remembered, so that a large place does not count its users once more for each of its pages.
        if (!panel.Can(Permissions.ManageUsers) || PanelCookies.Read(panel.Http, PanelCookies.Steps) is not null
            || lately > FewUsers)
        {
            return null;
        }

        var services = panel.Http.RequestServices;
        var one = new PageRequest(1);
        var users = (await services.GetRequiredService<IUserService>()
            .ListAsync(panel.Actor, new UserQuery { Page = one }, panel.Ct)).Value?.Total;
        if (users is null or > FewUsers)
        {
            return null;
        }

        var steps = new StepsModel(
            users > 1,
            (await services.GetRequiredService<IGroupService>().ListAsync(panel.Actor, one, panel.Ct)).Value?.Total > 0,
            (await services.GetRequiredService<ITokenService>().ListAsync(panel.Actor, null, one, panel.Ct)).Value?.Total > 0);
        return steps.IsDone ? null : steps;
    }

    private static async Task<IResult> DecideAsync(PanelContext panel, DecideForm form, IApprovalService approvals)
    {
        var view = QueueView.Parse(form.View);
        if (Haste.IsTooEarly(panel, form.ShownAt))
        {
            Flash.Leave(panel.Http, "too-early");
            return PanelAnswers.SeeOther(panel.Url("", view.Parameters));
        }

        var decided = new Decided();
        if (await decided.AllAsync(panel, approvals, form.Decision, form.Reason, form.Ids) is { } refusal)
        {
            return refusal.Kind == RefusalKind.Invalid
                ? await PanelAnswers.AgainAsync(panel, refusal, () => PageAsync(panel, view))
                : PanelAnswers.Refused(refusal);
        }

        await decided.LeaveAsync(panel, approvals, form.Decision);
        var row = decided.Done is [var done, ..] ? "#task-" + done.ToString(CultureInfo.InvariantCulture) : "";
        return PanelAnswers.SeeOther(panel.Url("", view.Parameters) + row);
    }

    private static IResult HideSteps(PanelContext panel)
    {
        PanelCookies.Write(panel.Http, PanelCookies.Steps, "hidden", ForGood);
        return PanelAnswers.SeeOther(panel.Home);
    }
}
