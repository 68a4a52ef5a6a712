using KohakuRiver.Auth.AdminPanel.Components;
using KohakuRiver.Auth.AdminPanel.Users;
using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>One user: everything about them, and changing it.</summary>
internal static class UserChangeEndpoints
{
    private const int TokensShown = 100;
    private const int ActivityShown = 10;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/users/{id:long:min(1)}", ShowAsync).RequirePermission(Permissions.ListUsers);
        Change<UserDetailsForm>(panel, "details", SaveAsync, stepUp: true);
        Change<UserActiveForm>(panel, "active", SetActiveAsync);
        Change<UserMustChangeForm>(panel, "must-change", SetMustChangeAsync);
        Change<EmptyForm>(panel, "unlock", UnlockAsync);
        Change<UserPasswordForm>(panel, "password", SetPasswordAsync, stepUp: true);
        Change<EmptyForm>(panel, "end-sessions", EndSessionsAsync);
        Change<EmptyForm>(panel, "revoke-tokens", RevokeTokensAsync);
        Change<EmptyForm>(panel, "sessions/{session:long:min(1)}/end", EndSessionAsync);
        Change<EmptyForm>(panel, "identities/{identity:long:min(1)}/unlink", UnlinkAsync);
        Change<EmptyForm>(panel, "reset-link", CreateLinkAsync, onlyOnce: true, stepUp: true);
        panel.Page("/users/{id:long:min(1)}/delete", AskDeleteAsync).RequirePermission(Permissions.ManageUsers);
        Change<EmptyForm>(panel, "delete", DeleteAsync, again: AskDeleteAsync, stepUp: true);
    }

    private static void Change<TForm>(
        RouteGroupBuilder panel, string what, Delegate handler, Delegate? again = null, bool onlyOnce = false, bool stepUp = false)
        where TForm : PanelForm =>
        panel.Post<TForm>("/users/{id:long:min(1)}/" + what, handler, again ?? ShowAsync, onlyOnce, stepUp)
            .RequirePermission(Permissions.ManageUsers);

    private static async Task<IResult> ShowAsync(PanelContext panel, long id, UserPages pages) => await pages.ShowAsync(panel, id);

    // One command for all that was changed: the service does all of it or nothing, and what is refused is shown with the whole form.
    private static async Task<IResult> SaveAsync(
        PanelContext panel,
        long id,
        UserDetailsForm form,
        IUserService users,
        IGroupService groups,
        IAccountService accounts,
        UserPages pages)
    {
        var (added, removed) = form.GroupIds.Changes([]);
        var left = await StillThereAsync(panel, removed, groups);
        var change = new UpdateUserCommand
        {
            Id = id,
            DisplayName = form.DisplayName.Changed,
            Role = form.Role.Changed,
            AddGroupIds = added.Count > 0 ? added : null,
            RemoveGroupIds = left.Count > 0 ? left : null,
        };
        var refusal = (form.Role is { IsChanged: true, Now: null } && form.Faults.ToRefusal() is null
            ? form.Faults.Add(nameof(form.Role), panel.Texts["Choose one of the roles."])
            : form.Faults).ToRefusal();
        if (refusal is null && change == new UpdateUserCommand { Id = id })
        {
            return PanelAnswers.Done(panel, $"/users/{id}", "nothing-changed");
        }

        if (refusal is null && change.Role == Role.Admin)
        {
            var before = await users.GetAsync(panel.Actor, id, panel.Ct);
            if (before.IsSuccess && before.Value.User.Role != Role.Admin
                && await AskAsync(
                    panel,
                    accounts,
                    id,
                    panel.Texts["{0} becomes an admin and can manage everything.", before.Value.User.Username],
                    panel.Texts["Save name, role and groups"]) is { } question)
            {
                return question;
            }
        }

        refusal ??= (await users.UpdateAsync(panel.Actor, change, panel.Ct)).Refusal;
        return await FinishAsync(panel, id, refusal, change.Role is null ? "user-saved" : "user-saved-with-role", pages);
    }

    // Whoever takes somebody out of a group that is gone meanwhile has what they wanted.
    private static async Task<List<long>> StillThereAsync(PanelContext panel, IReadOnlyList<long> ids, IGroupService groups)
    {
        var there = new List<long>();
        foreach (var id in ids)
        {
            if ((await groups.GetAsync(panel.Actor, id, panel.Ct)).IsSuccess)
            {
                there.Add(id);
            }
        }

        return there;
    }

    private static async Task<IResult> SetActiveAsync(PanelContext panel, long id, UserActiveForm form, IUserService users, UserPages pages)
    {
        var outcome = await users.UpdateAsync(panel.Actor, new UpdateUserCommand { Id = id, IsActive = form.Active }, panel.Ct);
        return await FinishAsync(panel, id, outcome.Refusal, form.Active ? "user-enabled" : "user-disabled", pages);
    }

    private static async Task<IResult> SetMustChangeAsync(
        PanelContext panel, long id, UserMustChangeForm form, IUserService users, UserPages pages)
    {
        var change = new UpdateUserCommand { Id = id, MustChangePassword = form.Required };
        var outcome = await users.UpdateAsync(panel.Actor, change, panel.Ct);
        return await FinishAsync(panel, id, outcome.Refusal, form.Required ? "user-must-change" : "user-need-not-change", pages);
    }

    private static async Task<IResult> UnlockAsync(PanelContext panel, long id, IUserService users, UserPages pages) =>
        await FinishAsync(panel, id, (await users.UnlockAsync(panel.Actor, id, panel.Ct)).Refusal, "user-unlocked", pages);

    private static async Task<IResult> SetPasswordAsync(
        PanelContext panel, long id, UserPasswordForm form, IUserService users, IAccountService accounts, UserPages pages)
    {
        var user = await users.GetAsync(panel.Actor, id, panel.Ct);
        if (user.IsSuccess && user.Value.User.Role == Role.Admin
            && await AskAsync(
                panel,
                accounts,
                id,
                panel.Texts["{0} is an admin: with the new password anybody can manage everything.", user.Value.User.Username],
                panel.Texts["Set password"]) is { } question)
        {
            return question;
        }

        var refusal = user.Refusal
            ?? (await users.SetPasswordAsync(panel.Actor, id, form.NewPassword.Reveal(), form.MustChange ?? false, panel.Ct)).Refusal;
        return await FinishAsync(panel, id, refusal, "user-password", pages);
    }

    private static async Task<IResult> EndSessionsAsync(PanelContext panel, long id, IUserCredentialService credentials, UserPages pages)
    {
        var outcome = await credentials.EndSessionsAsync(panel.Actor, id, panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, $"/users/{id}", "sessions-ended", outcome.Value)
            : await FinishAsync(panel, id, outcome.Refusal, "", pages);
    }

    private static async Task<IResult> RevokeTokensAsync(PanelContext panel, long id, ITokenService tokens, UserPages pages) =>
        await FinishAsync(panel, id, await UserBulkEndpoints.RevokeAsync(panel, id, tokens), "user-tokens-revoked", pages);

    private static async Task<IResult> EndSessionAsync(PanelContext panel, long id, long session, IUserCredentialService credentials)
    {
        var outcome = await credentials.EndSessionAsync(panel.Actor, id, session, panel.Ct);
        return PanelAnswers.Done(panel, $"/users/{id}", outcome.IsSuccess ? "session-ended" : "gone");
    }

    private static async Task<IResult> UnlinkAsync(
        PanelContext panel, long id, long identity, IIdentityService identities, UserPages pages)
    {
        var outcome = await identities.UnlinkAsync(panel.Actor, id, identity, panel.Ct);
        return outcome.Refusal?.Kind == RefusalKind.Hidden
            ? PanelAnswers.Done(panel, $"/users/{id}", "gone")
            : await FinishAsync(panel, id, outcome.Refusal, "identity-unlinked", pages);
    }

    private static async Task<IResult> CreateLinkAsync(
        PanelContext panel,
        long id,
        IUserCredentialService credentials,
        IUserService users,
        IAccountService accounts,
        UserPages pages)
    {
        var user = await users.GetAsync(panel.Actor, id, panel.Ct);
        if (!user.IsSuccess)
        {
            return await FinishAsync(panel, id, user.Refusal, "", pages);
        }

        if (user.Value.User.Role == Role.Admin
            && await AskAsync(
                panel,
                accounts,
                id,
                panel.Texts["{0} is an admin: whoever has the link can manage everything.", user.Value.User.Username],
                panel.Texts["Create a reset link"]) is { } question)
        {
            return question;
        }

        var code = await credentials.CreateResetCodeAsync(panel.Actor, id, panel.Ct);
        return code.IsSuccess
            ? PanelAnswers.Page<ResetLinkPage>(
                new ResetLinkModel(user.Value!, PageLinks.Reset(panel.Http, code.Value.Secret), code.Value.ExpiresAt))
            : await FinishAsync(panel, id, code.Refusal, "", pages);
    }

    private static async Task<IResult> AskDeleteAsync(PanelContext panel, long id, IUserService users, ITokenService tokens)
    {
        var user = await users.GetAsync(panel.Actor, id, panel.Ct);
        if (!user.IsSuccess)
        {
            return PanelAnswers.Refused(user.Refusal);
        }

        var held = await tokens.ListAsync(panel.Actor, id, new PageRequest(1), panel.Ct);
        return PanelAnswers.Page<DeleteUserPage>(new DeleteUserModel(
            user.Value, user.Value.ActiveSessions, held.Value?.Total ?? 0, StepUp.SealButton(panel, $"/users/{id}/delete")));
    }

    private static async Task<IResult> DeleteAsync(
        PanelContext panel, long id, IUserService users, IAccountService accounts, ITokenService tokens)
    {
        // The page asks for the password itself; who came without it is asked once more, there.
        if (panel.OwnPassword is not { } own)
        {
            return await AskDeleteAsync(panel, id, users, tokens);
        }

        var refusal = (await accounts.ConfirmPasswordAsync(panel.Actor, own.Reveal(), panel.Ct)).Refusal
            ?? (await users.DeleteAsync(panel.Actor, id, panel.Ct)).Refusal;
        return refusal is null
            ? PanelAnswers.Done(panel, "/users", "user-deleted")
            : await PanelAnswers.AgainAsync(panel, refusal, () => AskDeleteAsync(panel, id, users, tokens));
    }

    // What nobody may do to themselves is refused by the service, and needs no password before.
    private static async Task<IResult?> AskAsync(PanelContext panel, IAccountService accounts, long id, string what, string button) =>
        id == panel.Actor.Id ? null : await StepUp.AskAsync(panel, accounts, what, button, $"/users/{id}");

    private static async Task<IResult> FinishAsync(PanelContext panel, long id, Refusal? refusal, string flash, UserPages pages) =>
        refusal is null
        ? PanelAnswers.Done(panel, $"/users/{id}", flash)
        : await PanelAnswers.AgainAsync(panel, refusal, () => pages.ShowAsync(panel, id));

    /// <summary>Gathers what a user's page shows; made for each request by its binding.</summary>
    private sealed class UserPages(
        IUserService users, IGroupService groups, IUserCredentialService credentials, ITokenService tokens, IVpsAccessService vps,
        IAuditService audit)
    {
        public static ValueTask<UserPages?> BindAsync(HttpContext http) => ValueTask.FromResult<UserPages?>(new UserPages(
            Get<IUserService>(http), Get<IGroupService>(http), Get<IUserCredentialService>(http), Get<ITokenService>(http),
            Get<IVpsAccessService>(http), Get<IAuditService>(http)));

        internal async Task<IResult> ShowAsync(PanelContext panel, long id)
        {
            var user = await users.GetAsync(panel.Actor, id, panel.Ct);
            if (!user.IsSuccess)
            {
                return PanelAnswers.Refused(user.Refusal);
            }

            var query = panel.Asked();
            var search = query.Text("vps", 100);
            if (query.Refusal is { } fault)
            {
                return PanelAnswers.Refused(fault);
            }

            var manages = panel.Can(Permissions.ManageUsers);
            var sessions = manages ? await credentials.ListSessionsAsync(panel.Actor, id, panel.Ct) : null;
            var held = manages ? await tokens.ListAsync(panel.Actor, id, new PageRequest(TokensShown), panel.Ct) : null;
            var access = panel.Can(Permissions.ManageVps) ? await UserVps.FindAsync(panel, vps, user.Value, search) : null;
            return PanelAnswers.Page<UserPage>(new UserModel(
                user.Value,
                await GroupChoices.AllAsync(panel, groups),
                sessions?.Value?.Sessions,
                held?.Value,
                access?.Value,
                panel.Can(Permissions.ViewAudit) ? await ActivityAsync(panel, user.Value.User) : null,
                await groups.GetLimitsAsync(id, panel.Ct),
                manages ? await LinkedSignIns.ListAsync(panel, id) : []));
        }

        // What they did and what was done to them. Entries outlive accounts: those of an earlier one of the same name are not theirs.
        private async Task<IReadOnlyList<AuditEntry>> ActivityAsync(PanelContext panel, User user)
        {
            var newest = new PageRequest(ActivityShown);
            var id = user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var done = await audit.ListAsync(panel.Actor, new AuditQuery { Actor = user.Username, Page = newest }, panel.Ct);
            var suffered = await audit.ListAsync(panel.Actor, new AuditQuery { Target = user.Username, Page = newest }, panel.Ct);
            return [.. (done.Value?.Items ?? []).Where(e => e.ActorId == user.Id)
                .Concat((suffered.Value?.Items ?? []).Where(e => e.TargetType != "user" || e.TargetId is null || e.TargetId == id))
                .DistinctBy(e => e.Id)
                .OrderByDescending(e => e.Id)
                .Take(ActivityShown)];
        }

        private static T Get<T>(HttpContext http)
            where T : notnull => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(
                http.RequestServices);
    }
}
