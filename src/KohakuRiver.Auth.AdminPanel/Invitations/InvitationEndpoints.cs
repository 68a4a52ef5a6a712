using KohakuRiver.Auth.AdminPanel.Invitations;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Invitations: operators make them for viewers, admins for any role.</summary>
internal static class InvitationEndpoints
{
    private const int PageSize = 50;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/invitations", ListAsync).RequirePermission(Permissions.CreateInvitations);
        panel.Page("/invitations/new", ShowNewAsync).RequirePermission(Permissions.CreateInvitations);
        panel.Post("/invitations/new", CreateAsync, "role group_id max_usage expires_hours current_password", onlyOnce: true)
            .RequirePermission(Permissions.CreateInvitations);
        panel.Post("/invitations/{id:long:min(1)}/revoke", RevokeAsync, "").RequirePermission(Permissions.CreateInvitations);
    }

    private static async Task<IResult> ListAsync(PanelContext panel, IInvitationService invitations)
    {
        var query = new StrictQuery(panel.Http);
        var cursor = query.Cursor("-id");
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await invitations.ListAsync(panel.Actor, new PageRequest(PageSize, cursor), panel.Ct);
        return page.IsSuccess
            ? PanelAnswers.Page<InvitationsPage>(new InvitationsModel(page.Value, cursor is null))
            : PanelAnswers.Refused(page.Refusal);
    }

    private static async Task<IResult> ShowNewAsync(PanelContext panel, IGroupService groups, ISettingsService settings) =>
        PanelAnswers.Page<NewInvitationPage>(new NewInvitationModel(
            await GroupChoices.AllAsync(panel, groups),
            Math.Max(1, (int)(await settings.GetEffectiveAsync(panel.Ct)).InvitationLifetime.TotalHours)));

    private static async Task<IResult> CreateAsync(
        PanelContext panel, IInvitationService invitations, IAccountService accounts, IGroupService groups, ISettingsService settings)
    {
        var form = panel.Form!;
        var faults = new FieldFaults();
        if (!RoleNames.TryParse(form.Text("role"), out var role))
        {
            faults.Add("role", "Choose one of the roles.");
        }

        var group = form.Filled("group_id") is null ? null : form.Number("group_id", faults);
        var uses = form.Number("max_usage", faults) ?? 1;
        var hours = form.Number("expires_hours", faults);
        var refusal = faults.ToRefusal() ?? await StepUp.ForRoleAsync(panel, accounts, role);
        if (refusal is null)
        {
            var outcome = await invitations.CreateAsync(
                panel.Actor, new CreateInvitationCommand { Role = role, GroupId = group, MaxUses = uses, ExpiresHours = hours }, panel.Ct);
            if (outcome.IsSuccess)
            {
                var secret = outcome.Value.Secret;
                return PanelAnswers.Page<CreatedInvitationPage>(
                    new CreatedInvitationModel(outcome.Value.Invitation, secret.Reveal(), PageLinks.Register(panel.Http, secret)));
            }

            refusal = outcome.Refusal;
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => ShowNewAsync(panel, groups, settings));
    }

    private static async Task<IResult> RevokeAsync(PanelContext panel, long id, IInvitationService invitations)
    {
        var outcome = await invitations.RevokeAsync(panel.Actor, id, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, "/invitations", "invitation-revoked") : PanelAnswers.Refused(outcome.Refusal);
    }
}
