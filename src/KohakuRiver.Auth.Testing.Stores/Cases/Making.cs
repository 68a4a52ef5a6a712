using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Existing rows, as a starting point for cases.</summary>
internal abstract class Making : OpenedStores
{
    /// <summary>A lockout policy that pauses for a minute after three failures, and for four minutes at most.</summary>
    internal static readonly LockoutPolicy Policy = new(3, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));

    /// <summary>A user that exists.</summary>
    internal async Task<User> MakeUserAsync(string? name = null, Role role = Role.User, params IReadOnlyList<long> groups) =>
        Done(await Stores.Accounts.TryCreateUserAsync(DraftUser(name, role, groups), Entry(), Ct)).User;

    /// <summary>A group that exists.</summary>
    internal async Task<Group> MakeGroupAsync(string? name = null) =>
        Done(await Stores.Groups.TryCreateAsync(DraftGroup(name), Entry(), Ct));

    /// <summary>A session of the user, created by a login, and its hash.</summary>
    internal async Task<(Session Session, SecretHash Hash)> MakeSessionAsync(User user, NewSession? draft = null)
    {
        draft ??= DraftSession();
        var login = Done(await Stores.Accounts.TryLogInAsync(user.Id, await PasswordHashAsync(user.Id), draft, Entry(), Ct));
        return (login.Session, draft.Hash);
    }

    /// <summary>A token of the user, and its hash.</summary>
    internal async Task<(ApiToken Token, SecretHash Hash)> MakeTokenAsync(
        User user, DateTimeOffset? expiresAt = null, long? parentId = null)
    {
        var draft = DraftToken(user.Id, expiresAt, parentId);
        return (Done(await Stores.Tokens.TryCreateAsync(draft, Entry(), Ct)), draft.Hash);
    }

    /// <summary>An identity that leads to the user.</summary>
    internal async Task<ExternalIdentity> MakeIdentityAsync(User user, NewIdentity? draft = null) =>
        Done(await Stores.Identities.TryLinkAsync(user.Id, draft ?? DraftIdentity(), null, Entry(), Ct));

    /// <summary>A user without a password, whose only way in is the identity.</summary>
    internal async Task<User> MakeUserWithoutPasswordAsync(NewIdentity identity) => Done(await Stores.Identities.TryCreateUserAsync(
        DraftUser() with { PasswordHash = PasswordRecord.NoPassword }, identity, Entry(), Ct)).User;

    /// <summary>An invitation, and its hash.</summary>
    internal async Task<(Invitation Invitation, SecretHash Hash)> MakeInvitationAsync(NewInvitation? draft = null)
    {
        draft ??= DraftInvitation();
        return (Done(await Stores.Invitations.TryCreateAsync(draft, Entry(), Ct)), draft.Hash);
    }

    /// <summary>A recorded submission; also decided where a state is passed.</summary>
    internal async Task<Approval> MakeApprovalAsync(
        User? submitter = null, ApprovalStatus status = ApprovalStatus.Pending, User? decider = null)
    {
        var approval = Done(await Stores.Approvals.TryAddAsync(DraftApproval(submitter), Entry(), Ct));
        return status == ApprovalStatus.Pending
            ? approval
            : Done(await Stores.Approvals.TryDecideAsync(approval.Task.TaskId, DraftDecision(status, decider), null, Entry(), Ct));
    }

    /// <summary>A recorded code.</summary>
    internal async Task<OneUseCode> MakeCodeAsync(User? user = null, DateTimeOffset? expiresAt = null)
    {
        var code = DraftCode(user, expiresAt);
        Assert.Equal(WriteStatus.Done, await Stores.Codes.TryReplaceAsync(code, Entry(), Ct));
        return code;
    }

    /// <summary>Assigns a VPS instance to users and groups.</summary>
    internal async Task AssignAsync(string vpsId, IReadOnlyCollection<long> userIds, IReadOnlyCollection<long> groupIds) =>
        Assert.Equal(WriteStatus.Done, await Stores.VpsAssignments.TryAssignAsync(vpsId, userIds, groupIds, Tick(), Entry(), Ct));

    /// <summary>Locks the account by as many failures as <see cref="Policy"/> requires.</summary>
    internal async Task LockAsync(User user)
    {
        for (var i = 0; i < Policy.Threshold; i++)
        {
            Assert.True(await Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, Now, Ct));
        }
    }

    /// <summary>The user as stored.</summary>
    internal async Task<User> UserAsync(long id)
    {
        var user = await Stores.Users.FindAsync(id, Ct);
        Assert.NotNull(user);
        return user;
    }

    /// <summary>The password hash as stored.</summary>
    internal async Task<string> PasswordHashAsync(long id)
    {
        var record = await Stores.Users.FindPasswordAsync(id, Ct);
        Assert.NotNull(record);
        return record.PasswordHash;
    }

    /// <summary>The result of a write that was done; fails when it was lost.</summary>
    internal static T Done<T>(WriteResult<T> result)
        where T : class
    {
        Assert.Equal(WriteStatus.Done, result.Status);
        Assert.NotNull(result.Value);
        return result.Value;
    }
}
