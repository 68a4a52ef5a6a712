using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// What all stores promise for the moment at which the database fails: a write is entirely absent, and callers are told
/// nothing but that the database is not available.
/// </summary>
[Subject("Faults")]
internal sealed class FaultCases : StoreCases
{
    // Far above what any verb needs; beyond that the seam does not count.
    private const int MostAccesses = 100;

    [Case]
    [Requirement("V2.3.3")]
    public async Task Registration_FailingAtAnyPoint_IsAbsent()
    {
        var group = await MakeGroupAsync();
        var maker = await MakeUserAsync(null, Role.Admin);
        var (_, code) = await MakeInvitationAsync(DraftInvitation(maker, maxUses: 1, groupId: group.Id));
        var (user, session) = (DraftUser(), DraftSession());
        await AbsentUntilDoneAsync(
            async entry => (await Stores.Accounts.TryRegisterWithInvitationAsync(user, code, Role.Operator, session, entry, Ct)).Status);
    }

    [Case]
    public async Task Identity_FailingAtAnyPoint_IsAbsent()
    {
        var group = await MakeGroupAsync();
        var (user, identity) = (DraftUser(groups: group.Id), DraftIdentity());
        await AbsentUntilDoneAsync(
            async entry => (await Stores.Identities.TryCreateUserAsync(user, identity, entry, Ct)).Status);
    }

    [Case]
    public async Task FirstAdmin_FailingAtAnyPoint_IsAbsent()
    {
        var code = await MakeCodeAsync();
        var (user, session) = (DraftUser(), DraftSession());
        await AbsentUntilDoneAsync(
            async entry => (await Stores.Accounts.TryRegisterFirstAdminAsync(user, code.Hash, session, entry, Ct)).Status);
    }

    [Case]
    public async Task Login_FailingAtAnyPoint_IsAbsent()
    {
        var user = await MakeUserAsync();
        await MakeSessionAsync(user);
        await LockAsync(user);
        var (hash, session) = (await PasswordHashAsync(user.Id), DraftSession(limit: 1));
        await AbsentUntilDoneAsync(async entry => (await Stores.Accounts.TryLogInAsync(user.Id, hash, session, entry, Ct)).Status);
    }

    [Case]
    public async Task ChangeOfAUser_FailingAtAnyPoint_IsAbsent()
    {
        var (first, second) = (await MakeGroupAsync(), await MakeGroupAsync());
        var user = await MakeUserAsync(null, Role.User, first.Id);
        await MakeSessionAsync(user);
        var change = new UserChange { Role = Role.Operator, IsActive = false, DisplayName = "Somebody else", GroupIds = [second.Id] };
        await AbsentUntilDoneAsync(async entry => (await Stores.Accounts.TryUpdateUserAsync(user.Id, change, Now, entry, Ct)).Status);
    }

    [Case]
    public async Task Passwords_FailingAtAnyPoint_StayAsTheyAre()
    {
        var user = await MakeUserAsync();
        var code = await MakeCodeAsync(user);
        var (kept, _) = await MakeSessionAsync(user);
        await MakeSessionAsync(user);
        await MakeTokenAsync(user);
        var hash = await PasswordHashAsync(user.Id);
        await AbsentUntilDoneAsync(async entry => (await Stores.Accounts.TryResetPasswordAsync(code.Hash, "reset", Now, entry, Ct)).Status);
        await MakeSessionAsync(user);
        await AbsentUntilDoneAsync(entry => Stores.Accounts.TryChangePasswordAsync(user.Id, "reset", "changed", kept.Id, entry, Ct));
        await MakeTokenAsync(user);
        await AbsentUntilDoneAsync(entry => Stores.Accounts.TrySetPasswordAsync(user.Id, hash, false, entry, Ct));
    }

    [Case]
    public async Task DeletionOfAUser_FailingAtAnyPoint_IsAbsent()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.Operator, group.Id);
        await MakeSessionAsync(user);
        await MakeTokenAsync(user);
        await MakeCodeAsync(user);
        await MakeInvitationAsync(DraftInvitation(user));
        await MakeApprovalAsync(user, ApprovalStatus.Approved, user);
        await AssignAsync(VpsIds[0], [user.Id], [group.Id]);
        await AbsentUntilDoneAsync(async entry => (await Stores.Accounts.TryDeleteUserAsync(user.Id, entry, Ct)).Status);
    }

    [Case]
    public async Task Groups_FailingAtAnyPoint_StayAsTheyAre()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, group.Id);
        await MakeInvitationAsync(DraftInvitation(groupId: group.Id));
        await AssignAsync(VpsIds[0], [], [group.Id]);
        await AbsentUntilDoneAsync(entry => Stores.VpsAssignments.TryAssignAsync(VpsIds[1], [user.Id], [group.Id], Now, entry, Ct));
        await AbsentUntilDoneAsync(entry => Stores.Groups.TryDeleteAsync(group.Id, entry, Ct));
    }

    [Case]
    public async Task Tokens_FailingAtAnyPoint_StayAsTheyAre()
    {
        var user = await MakeUserAsync();
        var (parent, _) = await MakeTokenAsync(user);
        var child = DraftToken(user.Id, parentId: parent.Id);
        await AbsentUntilDoneAsync(async entry => (await Stores.Tokens.TryCreateAsync(child, entry, Ct)).Status);
        await AbsentUntilDoneAsync(entry => Stores.Tokens.TryRevokeAsync(parent.Id, entry, Ct));
    }

    [Case]
    public async Task Approvals_FailingAtAnyPoint_StayAsTheyAre()
    {
        var user = await MakeUserAsync(null, Role.Operator);
        var draft = DraftApproval(user);
        await AbsentUntilDoneAsync(async entry => (await Stores.Approvals.TryAddAsync(draft, entry, Ct)).Status);
        var decision = DraftDecision(ApprovalStatus.Rejected, user, "no");
        await AbsentUntilDoneAsync(
            async entry => (await Stores.Approvals.TryDecideAsync(draft.Task.TaskId, decision, null, entry, Ct)).Status);
    }

    [Case]
    public async Task Settings_FailingAtAnyPoint_StayAsTheyAre()
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "2", ["c"] = "3" };
        await AbsentUntilDoneAsync(entry => Stores.Settings.WriteAsync(values, entry, Ct));
    }

    [Case]
    [Requirement("V16.5.2")]
    public async Task Reads_WhileTheDatabaseIsAway_SayThatAndNothingElse()
    {
        var user = await MakeUserAsync();
        var (session, hash) = await MakeSessionAsync(user);
        var page = new PageRequest(10);
        Func<Task>[] reads =
        [
            () => Stores.Users.FindAsync(user.Id, Ct),
            () => Stores.Users.FindPasswordAsync(user.Username, Ct),
            () => Stores.Users.ListAsync(new UserQuery { Page = page }, Now, Ct),
            () => Stores.Users.AnyAdminAsync(Ct),
            () => Stores.Sessions.FindAsync(hash, Ct),
            () => Stores.Sessions.ListAsync(session.UserId, Now, Ct),
            () => Stores.Tokens.FindAsync(hash, Ct),
            () => Stores.Groups.ListOfUserAsync(user.Id, Ct),
            () => Stores.Invitations.ListAsync(null, page, Ct),
            () => Stores.Approvals.CountPendingAsync(Ct),
            () => Stores.VpsAssignments.IsAssignedAsync(VpsIds[0], user.Id, Ct),
            () => Stores.Audit.ListAsync(new AuditQuery { Page = page }, Ct),
            () => AuditLogAsync(),
            () => Stores.Codes.FindAsync(hash, Ct),
            () => Stores.Settings.ReadAsync(Ct),
        ];
        foreach (var read in reads)
        {
            using (Hooks.FailAfter(Stores, 0))
            {
                await Assert.ThrowsAsync<StoreUnavailableException>(read);
            }
        }
    }

    /// <summary>
    /// Fails the verb at its first access, then at its second and so on: each time it has no effect and says so. When the faults come
    /// too late for it, it is done, with its one audit entry.
    /// </summary>
    private async Task AbsentUntilDoneAsync(Func<AuthorizedWrite, Task<WriteStatus>> verb)
    {
        var before = await SnapshotAsync();
        for (var accesses = 0; accesses < MostAccesses; accesses++)
        {
            var entry = Entry();
            WriteStatus? status;
            using (Hooks.FailAfter(Stores, accesses))
            {
                status = await TryAsync(verb, entry);
            }

            if (status is not null)
            {
                Assert.True(accesses > 0, "The verb was done although the database was away.");
                Assert.Equal(WriteStatus.Done, status);
                await AssertAuditedAsync(entry);
                return;
            }

            Assert.Equal(before, await SnapshotAsync());
        }

        Assert.Fail($"The verb still failed after {MostAccesses} accesses.");
    }

    /// <summary>Null when the database was not available.</summary>
    private static async Task<WriteStatus?> TryAsync(Func<AuthorizedWrite, Task<WriteStatus>> verb, AuthorizedWrite entry)
    {
        try
        {
            return await verb(entry);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static WriteStatus Status(bool isDone) => isDone ? WriteStatus.Done : WriteStatus.Conflict;
}
