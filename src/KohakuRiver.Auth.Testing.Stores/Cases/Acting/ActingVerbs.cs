using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Every verb that changes something, and every way in which a credential can become invalid.</summary>
internal static class ActingVerbs
{
    /// <summary>Every verb, applied to the scene.</summary>
    internal static IReadOnlyDictionary<string, Func<StoreCases, ActingScene, AuthorizedWrite, Task<WriteStatus>>> All { get; } =
        new Dictionary<string, Func<StoreCases, ActingScene, AuthorizedWrite, Task<WriteStatus>>>(StringComparer.Ordinal)
        {
            ["IAccountStore.TryCreateUserAsync"] = async (t, _, w) =>
                (await t.Stores.Accounts.TryCreateUserAsync(t.DraftUser(), w, StoreCases.Ct)).Status,
            ["IAccountStore.TryRegisterAsync"] = async (t, _, w) =>
                (await t.Stores.Accounts.TryRegisterAsync(t.DraftUser(), t.DraftSession(), w, StoreCases.Ct)).Status,
            ["IAccountStore.TryRegisterWithInvitationAsync"] = async (t, s, w) => (await t.Stores.Accounts.TryRegisterWithInvitationAsync(
                t.DraftUser(), s.InvitationCode, Role.Operator, t.DraftSession(), w, StoreCases.Ct)).Status,
            ["IAccountStore.TryRegisterFirstAdminAsync"] = async (t, _, w) =>
            {
                // The scene has an admin, so this verb can at best say so; the credential is checked before.
                var status = (
                    await t.Stores.Accounts.TryRegisterFirstAdminAsync(t.DraftUser(), null, t.DraftSession(), w, StoreCases.Ct)).Status;
                if (status != WriteStatus.AdminExists)
                {
                    return status;
                }

                await t.Stores.Audit.AppendAsync(w.Audit, StoreCases.Ct);
                return WriteStatus.Done;
            },
            ["IAccountStore.TryLogInAsync"] = async (t, s, w) => (await t.Stores.Accounts.TryLogInAsync(
                s.User.Id, await t.PasswordHashAsync(s.User.Id), t.DraftSession(), w, StoreCases.Ct)).Status,
            ["IAccountStore.TryUpdateUserAsync"] = async (t, s, w) =>
                (await t.Stores.Accounts.TryUpdateUserAsync(
                    s.User.Id, new UserChange { Role = Role.Viewer }, t.Now, w, StoreCases.Ct)).Status,
            ["IAccountStore.TryChangePasswordAsync"] = async (t, s, w) => await t.Stores.Accounts.TryChangePasswordAsync(
                s.User.Id, await t.PasswordHashAsync(s.User.Id), "changed", s.TargetSession.Id, w, StoreCases.Ct),
            ["IAccountStore.TrySetPasswordAsync"] = (t, s, w) =>
                t.Stores.Accounts.TrySetPasswordAsync(s.User.Id, "set", false, w, StoreCases.Ct),
            ["IAccountStore.TryResetPasswordAsync"] = async (t, s, w) =>
                (await t.Stores.Accounts.TryResetPasswordAsync(s.Reset.Hash, "reset", t.Now, w, StoreCases.Ct)).Status,
            ["IAccountStore.TryDeleteUserAsync"] = async (t, s, w) =>
                (await t.Stores.Accounts.TryDeleteUserAsync(s.User.Id, w, StoreCases.Ct)).Status,
            ["IApprovalStore.TryAddAsync"] = async (t, s, w) =>
                (await t.Stores.Approvals.TryAddAsync(t.DraftApproval(s.User), w, StoreCases.Ct)).Status,
            ["IApprovalStore.TryDecideAsync"] = async (t, s, w) => (await t.Stores.Approvals.TryDecideAsync(
                s.Pending.Task.TaskId, t.DraftDecision(ApprovalStatus.Approved), null, w, StoreCases.Ct)).Status,
            ["ICodeStore.TryReplaceAsync"] = (t, s, w) => t.Stores.Codes.TryReplaceAsync(s.NextReset, w, StoreCases.Ct),
            ["IGroupStore.TryCreateAsync"] = async (t, _, w) =>
                (await t.Stores.Groups.TryCreateAsync(t.DraftGroup(), w, StoreCases.Ct)).Status,
            ["IGroupStore.TryUpdateAsync"] = async (t, s, w) =>
                (await t.Stores.Groups.TryUpdateAsync(s.Group.Id, new GroupChange { Tier = 9 }, w, StoreCases.Ct)).Status,
            ["IGroupStore.TryDeleteAsync"] = (t, s, w) => t.Stores.Groups.TryDeleteAsync(s.Group.Id, w, StoreCases.Ct),
            ["IGroupStore.TryAddMemberAsync"] = (t, s, w) => t.Stores.Groups.TryAddMemberAsync(s.Group.Id, s.User.Id, w, StoreCases.Ct),
            ["IGroupStore.TryRemoveMemberAsync"] = (t, s, w) =>
                t.Stores.Groups.TryRemoveMemberAsync(s.Group.Id, s.User.Id, w, StoreCases.Ct),
            ["IIdentityStore.TryCreateUserAsync"] = async (t, _, w) =>
                (await t.Stores.Identities.TryCreateUserAsync(t.DraftUser(), t.DraftIdentity(), w, StoreCases.Ct)).Status,
            ["IIdentityStore.TryLinkAsync"] = async (t, s, w) =>
                (await t.Stores.Identities.TryLinkAsync(s.User.Id, t.DraftIdentity("scheme:Another"), null, w, StoreCases.Ct)).Status,
            ["IIdentityStore.TryUnlinkAsync"] = (t, s, w) =>
                t.Stores.Identities.TryUnlinkAsync(s.TargetIdentity.Id, s.User.Id, w, StoreCases.Ct),
            ["IInvitationStore.TryCreateAsync"] = async (t, _, w) =>
                (await t.Stores.Invitations.TryCreateAsync(t.DraftInvitation(), w, StoreCases.Ct)).Status,
            ["IInvitationStore.TryRevokeAsync"] = (t, s, w) => t.Stores.Invitations.TryRevokeAsync(s.Invitation.Id, w, StoreCases.Ct),
            ["ISessionStore.TryEndAsync"] = (t, s, w) => t.Stores.Sessions.TryEndAsync(s.TargetSession.Id, s.User.Id, w, StoreCases.Ct),
            ["ISessionStore.EndAllAsync"] = async (t, s, w) =>
                (await t.Stores.Sessions.EndAllAsync(s.User.Id, null, w, StoreCases.Ct)).Status,
            ["ISettingsStore.WriteAsync"] = (t, _, w) =>
                t.Stores.Settings.WriteAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["a"] = "1" }, w, StoreCases.Ct),
            ["ITokenStore.TryCreateAsync"] = async (t, s, w) =>
                (await t.Stores.Tokens.TryCreateAsync(t.DraftToken(s.User.Id), w, StoreCases.Ct)).Status,
            ["ITokenStore.TryRevokeAsync"] = (t, s, w) => t.Stores.Tokens.TryRevokeAsync(s.TargetToken.Id, w, StoreCases.Ct),
            ["IUserStore.TryUnlockAsync"] = (t, s, w) => t.Stores.Users.TryUnlockAsync(s.User.Id, w, StoreCases.Ct),
            ["IVpsAssignmentStore.TryAssignAsync"] = (t, s, w) =>
                t.Stores.VpsAssignments.TryAssignAsync("vps-b", [s.User.Id], [], t.Now, w, StoreCases.Ct),
            ["IVpsAssignmentStore.TryUnassignUserAsync"] = (t, s, w) =>
                t.Stores.VpsAssignments.TryUnassignUserAsync("vps-a", s.User.Id, w, StoreCases.Ct),
            ["IVpsAssignmentStore.TryUnassignGroupAsync"] = (t, s, w) =>
                t.Stores.VpsAssignments.TryUnassignGroupAsync("vps-a", s.Group.Id, w, StoreCases.Ct),
            ["IVpsAssignmentStore.ForgetAsync"] = async (t, _, w) =>
                (await t.Stores.VpsAssignments.ForgetAsync("vps-a", w, StoreCases.Ct)).Status,
        };

    /// <summary>Every way in which the credential can become invalid, and how the verb is then lost.</summary>
    internal static IReadOnlyDictionary<string, Func<StoreCases, ActingScene, Task<(Actor, WriteStatus)>>> Ends { get; } =
        new Dictionary<string, Func<StoreCases, ActingScene, Task<(Actor, WriteStatus)>>>(StringComparer.Ordinal)
        {
            ["session ended"] = async (t, s) =>
            {
                await t.Stores.Sessions.TryEndAsync(s.BySession.CredentialId!.Value, s.Admin.Id, t.Entry(), StoreCases.Ct);
                return (s.BySession, WriteStatus.ActorGone);
            },
            ["session expired"] = async (t, s) =>
            {
                var (session, _) = await t.MakeSessionAsync(s.Admin, t.DraftSession(t.Tick()));
                return (By(s.Admin, ActorKind.Session, session.Id), WriteStatus.ActorGone);
            },
            ["session of somebody else"] = (_, s) =>
                Task.FromResult((s.BySession with { CredentialId = s.TargetSession.Id }, WriteStatus.ActorGone)),
            ["identity unlinked"] = async (t, s) =>
            {
                await t.Stores.Identities.TryUnlinkAsync(s.ByIdentity.CredentialId!.Value, s.Admin.Id, t.Entry(), StoreCases.Ct);
                return (s.ByIdentity, WriteStatus.ActorGone);
            },
            ["identity of somebody else"] = (_, s) =>
                Task.FromResult((s.ByIdentity with { CredentialId = s.TargetIdentity.Id }, WriteStatus.ActorGone)),
            ["token revoked"] = async (t, s) =>
            {
                await t.Stores.Tokens.TryRevokeAsync(s.ByToken.CredentialId!.Value, t.Entry(), StoreCases.Ct);
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
                await t.Stores.Accounts.TryUpdateUserAsync(
                    s.Admin.Id, new UserChange { IsActive = false }, t.Now, t.Entry(), StoreCases.Ct);
                return (s.ByToken, WriteStatus.ActorGone);
            },
            ["user deleted"] = async (t, s) =>
            {
                await t.Stores.Accounts.TryDeleteUserAsync(s.Admin.Id, t.Entry(), StoreCases.Ct);
                return (s.BySession, WriteStatus.ActorGone);
            },
            ["user demoted"] = async (t, s) =>
            {
                await t.Stores.Accounts.TryUpdateUserAsync(
                    s.Admin.Id, new UserChange { Role = Role.Operator }, t.Now, t.Entry(), StoreCases.Ct);
                return (s.BySession, WriteStatus.ActorDemoted);
            },
            ["password to be changed first"] = async (t, s) =>
            {
                await t.Stores.Accounts.TryUpdateUserAsync(
                    s.Admin.Id, new UserChange { MustChangePassword = true }, t.Now, t.Entry(), StoreCases.Ct);
                return (s.BySession, WriteStatus.ActorDemoted);
            },
        };

    /// <summary>The actor with a user's credential.</summary>
    internal static Actor By(User user, ActorKind kind, long credentialId) => new()
    {
        Id = user.Id,
        Username = user.Username,
        Role = user.Role,
        Kind = kind,
        CredentialId = credentialId,
    };
}
