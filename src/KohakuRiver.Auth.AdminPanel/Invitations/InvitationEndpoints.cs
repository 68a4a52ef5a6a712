using KohakuRiver.Auth.AdminPanel.Invitations;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Invitations: operators create them for viewers, admins for any role.</summary>
internal static class InvitationEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/invitations", ListAsync).RequirePermission(Permissions.CreateInvitations);
        panel.Page("/invitations/new", ShowNewAsync).RequirePermission(Permissions.CreateInvitations);
        panel.Post<CreateInvitationForm>("/invitations/new", CreateAsync, again: ShowNewAsync, onlyOnce: true, stepUp: true)
            .RequirePermission(Permissions.CreateInvitations);
        panel.Post("/invitations/{id:long:min(1)}/revoke", RevokeAsync, again: ListAsync).RequirePermission(Permissions.CreateInvitations);
    }

    private static async Task<IResult> ListAsync(PanelContext panel, IInvitationService invitations)
    {
        var all = await WholeList.ReadAsync(page => invitations.ListAsync(panel.Actor, page, panel.Ct));
        if (!all.IsSuccess)
        {
            return PanelAnswers.Refused(all.Refusal);
        }

        var query = panel.Asked();
        var state = query.OneOf("state", InvitationsModel.States);
        var role = query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse);
        var now = panel.Clock.GetUtcNow();
        var kept = all.Value with
        {
            Items =
            [
                .. all.Value.Items.Where(i =>
                    (state is null || InvitationsModel.StateOf(i, now) == state) && (role is null || i.Role == role)),
            ],
        };
        var list = WholeList.Show(
            kept,
            query,
            invitation => [invitation.Prefix, invitation.Group?.Name, invitation.CreatedBy],
            "-created_at",
            ("prefix", i => i.Prefix),
            ("role", i => i.Role),
            ("group", i => i.Group?.Name),
            ("uses", i => i.Uses),
            ("expires_at", i => i.ExpiresAt),
            ("created_by", i => i.CreatedBy),
            ("created_at", i => i.CreatedAt),
            ("state", i => InvitationsModel.StateOf(i, now)));
        return query.Refusal is { } fault
            ? PanelAnswers.Refused(fault)
            : PanelAnswers.Page<InvitationsPage>(new InvitationsModel(list with { Read = all.Value.Items.Count }, role, state));
    }

    private static async Task<IResult> ShowNewAsync(PanelContext panel, IGroupService groups, ISettingsService settings) =>
        PanelAnswers.Page<NewInvitationPage>(new NewInvitationModel(
            await GroupChoices.AllAsync(panel, groups),
            Math.Max(1, (int)(await settings.GetEffectiveAsync(panel.Ct)).InvitationLifetime.TotalHours)));

    private static async Task<IResult> CreateAsync(
        PanelContext panel,
        CreateInvitationForm form,
        IInvitationService invitations,
        IAccountService accounts,
        IGroupService groups,
        ISettingsService settings)
    {
        var refusal = Faults(form).ToRefusal();
        if (refusal is null)
        {
            if (form.Role == Role.Admin && await AskAsync(panel, accounts) is { } question)
            {
                return question;
            }

            var outcome = await invitations.CreateAsync(
                panel.Actor,
                new CreateInvitationCommand
                {
                    Role = form.Role!.Value, GroupId = form.GroupId, MaxUses = form.MaxUsage ?? 1, ExpiresHours = form.ExpiresHours,
                },
                panel.Ct);
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

    private static Task<IResult?> AskAsync(PanelContext panel, IAccountService accounts) => StepUp.AskAsync(
        panel,
        accounts,
        panel.Texts["Whoever registers with this invitation becomes an admin and can manage everything."],
        panel.Texts["Create invitation"],
        "/invitations/new");

    private static FieldFaults Faults(CreateInvitationForm form) =>
        form.Role is null && form.Faults.ToRefusal() is null
            ? form.Faults.Add(nameof(form.Role), "Choose one of the roles.")
            : form.Faults;

    private static async Task<IResult> RevokeAsync(PanelContext panel, long id, IInvitationService invitations)
    {
        var outcome = await invitations.RevokeAsync(panel.Actor, id, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, "/invitations", "invitation-revoked") : PanelAnswers.Refused(outcome.Refusal);
    }
}
