using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <content>Every verb that changes something, and every way in which a credential stops to hold.</content>
public abstract partial class ActingConformance
{
    private static readonly Dictionary<string, Func<ActingConformance, Scene, AuthorizedWrite, Task<WriteStatus>>> AllVerbs = new(StringComparer.Ordinal)
    {
        ["IAccountStore.TryCreateUserAsync"] = async (t, _, w) => (await t.Stores.Accounts.TryCreateUserAsync(t.DraftUser(), w, Ct)).Status,
        ["IAccountStore.TryRegisterAsync"] = async (t, _, w) =>
            (await t.Stores.Accounts.TryRegisterAsync(t.DraftUser(), t.DraftSession(), w, Ct)).Status,
        ["IAccountStore.TryRegisterWithInvitationAsync"] = async (t, s, w) => (await t.Stores.Accounts.TryRegisterWithInvitationAsync(
            t.DraftUser(), s.InvitationCode, Role.Operator, t.DraftSession(), w, Ct)).Status,
        ["IAccountStore.TryRegisterFirstAdminAsync"] = async (t, _, w) =>
        {
            // In the scene there is an admin, so this verb at its best says that; the credential is asked for before.
            var status = (await t.Stores.Accounts.TryRegisterFirstAdminAsync(t.DraftUser(), null, t.DraftSession(), w, Ct)).Status;
            if (status != WriteStatus.AdminExists)
            {
                return status;
            }

            await t.Stores.Audit.AppendAsync(w.Audit, Ct);
            return WriteStatus.Done;
        },
        ["IAccountStore.TryLogInAsync"] = async (t, s, w) => (await t.Stores.Accounts.TryLogInAsync(
            s.User.Id, await t.PasswordHashAsync(s.User.Id), t.DraftSession(), w, Ct)).Status,
        ["IAccountStore.TryUpdateUserAsync"] = async (t, s, w) =>
            (await t.Stores.Accounts.TryUpdateUserAsync(s.User.Id, new UserChange { Role = Role.Viewer }, t.Now, w, Ct)).Status,
        ["IAccountStore.TryChangePasswordAsync"] = async (t, s, w) => await t.Stores.Accounts.TryChangePasswordAsync(
            s.User.Id, await t.PasswordHashAsync(s.User.Id), "changed", s.TargetSession.Id, w, Ct),
        ["IAccountStore.TrySetPasswordAsync"] = (t, s, w) => t.Stores.Accounts.TrySetPasswordAsync(s.User.Id, "set", w, Ct),
        ["IAccountStore.TryResetPasswordAsync"] = async (t, s, w) =>
            (await t.Stores.Accounts.TryResetPasswordAsync(s.Reset.Hash, "reset", t.Now, w, Ct)).Status,
        ["IAccountStore.TryDeleteUserAsync"] = async (t, s, w) => (await t.Stores.Accounts.TryDeleteUserAsync(s.User.Id, w, Ct)).Status,
        ["IApprovalStore.TryAddAsync"] = async (t, s, w) => (await t.Stores.Approvals.TryAddAsync(t.DraftApproval(s.User), w, Ct)).Status,
        ["IApprovalStore.TryDecideAsync"] = async (t, s, w) => (await t.Stores.Approvals.TryDecideAsync(
            s.Pending.Task.TaskId, t.DraftDecision(ApprovalStatus.Approved), null, w, Ct)).Status,
        ["ICodeStore.TryReplaceAsync"] = (t, s, w) => t.Stores.Codes.TryReplaceAsync(s.NextReset, w, Ct),
        ["IGroupStore.TryCreateAsync"] = async (t, _, w) => (await t.Stores.Groups.TryCreateAsync(t.DraftGroup(), w, Ct)).Status,
        ["IGroupStore.TryUpdateAsync"] = async (t, s, w) =>
            (await t.Stores.Groups.TryUpdateAsync(s.Group.Id, new GroupChange { Tier = 9 }, w, Ct)).Status,
        ["IGroupStore.TryDeleteAsync"] = (t, s, w) => t.Stores.Groups.TryDeleteAsync(s.Group.Id, w, Ct),
        ["IGroupStore.TryAddMemberAsync"] = (t, s, w) => t.Stores.Groups.TryAddMemberAsync(s.Group.Id, s.User.Id, w, Ct),
        ["IGroupStore.TryRemoveMemberAsync"] = (t, s, w) => t.Stores.Groups.TryRemoveMemberAsync(s.Group.Id, s.User.Id, w, Ct),
        ["IInvitationStore.TryCreateAsync"] = async (t, _, w) => (await t.Stores.Invitations.TryCreateAsync(t.DraftInvitation(), w, Ct)).Status,
        ["IInvitationStore.TryRevokeAsync"] = (t, s, w) => t.Stores.Invitations.TryRevokeAsync(s.Invitation.Id, w, Ct),
        ["ISessionStore.TryEndAsync"] = (t, s, w) => t.Stores.Sessions.TryEndAsync(s.TargetSession.Id, s.User.Id, w, Ct),
        ["ISessionStore.EndAllAsync"] = async (t, s, w) => (await t.Stores.Sessions.EndAllAsync(s.User.Id, null, w, Ct)).Status,
        ["ISettingsStore.WriteAsync"] = (t, _, w) =>
            t.Stores.Settings.WriteAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["a"] = "1" }, w, Ct),
        ["ITokenStore.TryCreateAsync"] = async (t, s, w) => (await t.Stores.Tokens.TryCreateAsync(t.DraftToken(s.User.Id), w, Ct)).Status,
        ["ITokenStore.TryRevokeAsync"] = (t, s, w) => t.Stores.Tokens.TryRevokeAsync(s.TargetToken.Id, w, Ct),
        ["IUserStore.TryUnlockAsync"] = (t, s, w) => t.Stores.Users.TryUnlockAsync(s.User.Id, w, Ct),
        ["IVpsAssignmentStore.TryAssignAsync"] = (t, s, w) => t.Stores.VpsAssignments.TryAssignAsync("vps-b", [s.User.Id], [], t.Now, w, Ct),
        ["IVpsAssignmentStore.TryUnassignUserAsync"] = (t, s, w) => t.Stores.VpsAssignments.TryUnassignUserAsync("vps-a", s.User.Id, w, Ct),
        ["IVpsAssignmentStore.TryUnassignGroupAsync"] = (t, s, w) => t.Stores.VpsAssignments.TryUnassignGroupAsync("vps-a", s.Group.Id, w, Ct),
        ["IVpsAssignmentStore.ForgetAsync"] = async (t, _, w) => (await t.Stores.VpsAssignments.ForgetAsync("vps-a", w, Ct)).Status,
    };

    private static readonly Dictionary<string, Func<ActingConformance, Scene, Task<(Actor, WriteStatus)>>> Ends = new(StringComparer.Ordinal)
    {
        ["session ended"] = async (t, s) =>
        {
            await t.Stores.Sessions.TryEndAsync(s.BySession.CredentialId!.Value, s.Admin.Id, t.Entry(), Ct);
            return (s.BySession, WriteStatus.ActorGone);
        },
        ["session expired"] = async (t, s) =>
        {
            var (session, _) = await t.MakeSessionAsync(s.Admin, t.DraftSession(t.Tick()));
            return (By(s.Admin, ActorKind.Session, session.Id), WriteStatus.ActorGone);
        },
        ["session of somebody else"] = (_, s) =>
            Task.FromResult((s.BySession with { CredentialId = s.TargetSession.Id }, WriteStatus.ActorGone)),
        ["token revoked"] = async (t, s) =>
        {
            await t.Stores.Tokens.TryRevokeAsync(s.ByToken.CredentialId!.Value, t.Entry(), Ct);
            return (s.ByToken, WriteStatus.ActorGone);
        },
        ["token expired"] = async (t, s) =>
        {
            var (token, _) = await t.MakeTokenAsync(s.Admin, t.Tick());
            return (By(s.Admin, ActorKind.Token, token.Id), WriteStatus.ActorGone);
        },
        ["token of somebody else"] = (_, s) =>
            Task.FromResult((s.ByToken with { CredentialId = s.TargetToken.Id }, WriteStatus.ActorGone)),
        ["user disabled, by token"] = async (t, s) =>
        {
            await t.Stores.Accounts.TryUpdateUserAsync(s.Admin.Id, new UserChange { IsActive = false }, t.Now, t.Entry(), Ct);
            return (s.ByToken, WriteStatus.ActorGone);
        },
        ["user deleted"] = async (t, s) =>
        {
            await t.Stores.Accounts.TryDeleteUserAsync(s.Admin.Id, t.Entry(), Ct);
            return (s.BySession, WriteStatus.ActorGone);
        },
        ["user demoted"] = async (t, s) =>
        {
            await t.Stores.Accounts.TryUpdateUserAsync(s.Admin.Id, new UserChange { Role = Role.Operator }, t.Now, t.Entry(), Ct);
            return (s.BySession, WriteStatus.ActorDemoted);
        },
    };
}
