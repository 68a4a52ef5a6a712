using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Deleting users, and what is deleted with them.</summary>
[Subject("Users")]
internal sealed class UserDeletionCases : AccountCases
{
    [Case]
    [Requirement("S4")]
    public async Task DeleteUser_WithEverything_TakesAllThatIsTheirs()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync("leaving", Role.Operator, group.Id);
        var (_, session) = await MakeSessionAsync(user);
        var (parent, token) = await MakeTokenAsync(user);
        await MakeTokenAsync(user, parentId: parent.Id);
        var (_, invitation) = await MakeInvitationAsync(DraftInvitation(user));
        var (_, masters) = await MakeInvitationAsync();
        var code = await MakeCodeAsync(user);
        await AssignAsync("vps-a", [user.Id], [group.Id]);
        var bystander = await BystanderAsync();

        var stored = await UserAsync(user.Id);
        Assert.Equal(stored, await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(user.Id, e, Ct)));
        Assert.Null(await Stores.Users.FindAsync(user.Id, Ct));
        Assert.Null(await Stores.Users.FindPasswordAsync("leaving", Ct));
        Assert.Null(await Stores.Sessions.FindAsync(session, Ct));
        Assert.Null(await Stores.Tokens.FindAsync(token, Ct));
        Assert.Empty((await Stores.Tokens.ListAsync(user.Id, new PageRequest(10), Ct)).Items);
        Assert.Equal(0, (await Stores.Groups.FindAsync(group.Id, Ct))?.MemberCount);
        Assert.Null(await Stores.Invitations.FindAsync(invitation, Ct));
        Assert.NotNull(await Stores.Invitations.FindAsync(masters, Ct));
        Assert.Null(await Stores.Codes.FindAsync(code.Hash, Ct));
        Assert.Equal(group.Id, Assert.Single(await Stores.VpsAssignments.ListAsync("vps-a", Ct)).Group?.Id);
        await bystander();
    }

    [Case]
    public async Task DeleteUser_CancelledAtAnyMoment_IsWholeOrAbsent()
    {
        var group = await MakeGroupAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync(null, Role.Operator, group.Id);
            var (_, session) = await MakeSessionAsync(user);
            var (_, token) = await MakeTokenAsync(user);
            var happened = await HappensThoughCancelledAsync(
                round,
                async (entry, cancellationToken) => (await Stores.Accounts.TryDeleteUserAsync(user.Id, entry, cancellationToken)).Status);
            Assert.Equal(happened, await Stores.Users.FindAsync(user.Id, Ct) is null);
            Assert.Equal(happened, await Stores.Sessions.FindAsync(session, Ct) is null);
            Assert.Equal(happened, await Stores.Tokens.FindAsync(token, Ct) is null);
            if (!happened)
            {
                Done(await Stores.Accounts.TryDeleteUserAsync(user.Id, Entry(), Ct));
            }

            Assert.Equal(0, (await Stores.Groups.FindAsync(group.Id, Ct))?.MemberCount);
        }
    }

    [Case]
    public async Task DeleteUser_WithApprovals_KeepsThemWithTheName()
    {
        var user = await MakeUserAsync("leaving", Role.Operator);
        var other = await MakeUserAsync("staying", Role.Operator);
        var submitted = await MakeApprovalAsync(user);
        var decided = await MakeApprovalAsync(other, ApprovalStatus.Approved, user);
        await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(user.Id, e, Ct));

        var first = await Stores.Approvals.FindAsync(submitted.Task.TaskId, Ct);
        Assert.Null(first?.SubmitterId);
        Assert.Equal(("leaving", ApprovalStatus.Pending), (first?.Submitter, first?.Status));
        var second = await Stores.Approvals.FindAsync(decided.Task.TaskId, Ct);
        Assert.Null(second?.DecidedById);
        Assert.Equal(("leaving", other.Id, decided.DecidedAt), (second?.DecidedBy, second?.SubmitterId, second?.DecidedAt));

        var late = await WritesAsync(e => Stores.Approvals.TryDecideAsync(
            submitted.Task.TaskId, DraftDecision(ApprovalStatus.Approved, other), null, e, Ct));
        Assert.Equal(ApprovalStatus.Approved, late.Status);
    }

    [Case]
    public async Task DeleteUser_WithAuditEntries_KeepsThemUnchanged()
    {
        var user = await MakeUserAsync("leaving");
        var entry = DraftAudit("user.something") with { ActorId = user.Id, Actor = user.Username, TargetId = "7" };
        await Stores.Audit.AppendAsync(entry, Ct);
        var before = await AuditLogAsync();
        await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(user.Id, e, Ct));
        Assert.Equal(before, (await AuditLogAsync()).Skip(1));
        Assert.Equal(user.Id, Assert.Single(await AuditLogAsync(), e => e.OperationId == entry.OperationId).ActorId);
    }

    [Case]
    public async Task DeleteUser_ThenTheSameName_IsAnotherUser()
    {
        var user = await MakeUserAsync("phoenix");
        await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(user.Id, e, Ct));
        Assert.NotEqual(user.Id, (await MakeUserAsync("PHOENIX")).Id);
    }

    [Case]
    [Requirement("S4", "Known_KohakuRiverReusedIds")]
    public async Task DeleteUser_NewestOne_ItsIdIsNeverReused()
    {
        var last = 0L;
        for (var i = 0; i < 3; i++)
        {
            var user = await MakeUserAsync();
            Assert.True(user.Id > last, "An id was reused.");
            last = user.Id;
            await WritesAsync(e => Stores.Accounts.TryDeleteUserAsync(user.Id, e, Ct));
        }
    }

    [Case]
    public async Task DeleteUser_UnknownUser_IsLost()
    {
        var user = await MakeUserAsync();
        await LosesAsync(WriteStatus.NotFound, e => Stores.Accounts.TryDeleteUserAsync(user.Id + 1000, e, Ct));
    }

    [Case]
    public async Task DeleteUser_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync();
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            AssertWinners(
                1,
                WriteStatus.NotFound,
                await RaceAsync(sets, async (set, i) => (await set.Accounts.TryDeleteUserAsync(user.Id, entries[i], Ct)).Status));
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    [Case]
    public async Task DeleteUser_AgainstAllThatGivesThemSomething_LeavesNothing()
    {
        var sets = await OpenTwoAsync();
        var group = await MakeGroupAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync(null, Role.Operator);
            var hash = await PasswordHashAsync(user.Id);
            var reset = DraftCode(user);
            var done = await RaceAsync(sets, async (set, i) => (i % 7) switch
            {
                0 => i == 21 && (await set.Accounts.TryDeleteUserAsync(user.Id, Entry(), Ct)).IsDone,
                1 => (await set.Accounts.TryLogInAsync(user.Id, hash, DraftSession(), Entry(), Ct)).IsDone,
                2 => (await set.Tokens.TryCreateAsync(DraftToken(user.Id), Entry(), Ct)).IsDone,
                3 => await set.Groups.TryAddMemberAsync(group.Id, user.Id, Entry(), Ct) == WriteStatus.Done,
                4 => (await set.Invitations.TryCreateAsync(DraftInvitation(user), Entry(), Ct)).IsDone,
                5 => await set.VpsAssignments.TryAssignAsync("vps-a", [user.Id], [], Now, Entry(), Ct) == WriteStatus.Done,
                _ => await set.Codes.TryReplaceAsync(reset, Entry(), Ct) == WriteStatus.Done,
            });
            Assert.True(done[21]);
            Assert.Empty(await Stores.Sessions.ListAsync(user.Id, DateTimeOffset.UnixEpoch, Ct));
            Assert.Empty((await Stores.Tokens.ListAsync(null, new PageRequest(10), Ct)).Items);
            Assert.Equal(0, (await Stores.Groups.FindAsync(group.Id, Ct))?.MemberCount);
            Assert.Empty((await Stores.Invitations.ListAsync(null, new PageRequest(10), Ct)).Items);
            Assert.Empty(await Stores.VpsAssignments.ListAsync("vps-a", Ct));
            Assert.Null(await Stores.Codes.FindAsync(reset.Hash, Ct));
        }
    }
}
