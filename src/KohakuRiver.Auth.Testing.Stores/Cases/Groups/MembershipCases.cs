using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Members, and what is deleted with a group.</summary>
[Subject("Groups")]
internal sealed class MembershipCases : StoreCases
{
    [Case]
    public async Task AddMember_Twice_IsDoneTwiceWithOneMembership()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync();
        await WritesAsync(e => Stores.Groups.TryAddMemberAsync(group.Id, user.Id, e, Ct));
        Assert.Equal(WriteStatus.Done, await Stores.Groups.TryAddMemberAsync(group.Id, user.Id, Entry(), Ct));
        Assert.Equal(1, (await Stores.Groups.FindAsync(group.Id, Ct))?.MemberCount);
        Assert.Single(await Stores.Groups.ListOfUserAsync(user.Id, Ct));
        await WritesAsync(e => Stores.Groups.TryRemoveMemberAsync(group.Id, user.Id, e, Ct));
        Assert.Empty(await Stores.Groups.ListOfUserAsync(user.Id, Ct));
    }

    [Case]
    public async Task AddMember_GroupOrUserMissing_IsLost()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync();
        await LosesAsync(WriteStatus.GroupMissing, e => Stores.Groups.TryAddMemberAsync(group.Id + 1000, user.Id, e, Ct));
        await LosesAsync(WriteStatus.UserMissing, e => Stores.Groups.TryAddMemberAsync(group.Id, user.Id + 1000, e, Ct));
    }

    [Case]
    public async Task RemoveMember_NoneOrUnknown_IsRefused()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync();
        await MakeUserAsync(null, Role.User, group.Id);
        await LosesAsync(WriteStatus.NotFound, e => Stores.Groups.TryRemoveMemberAsync(group.Id, user.Id, e, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.Groups.TryRemoveMemberAsync(group.Id + 1000, user.Id, e, Ct));
    }

    [Case]
    public async Task AddMember_TheSameManyTimesAtOnce_IsOneMembership()
    {
        var sets = await OpenTwoAsync();
        var group = await MakeGroupAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync();
            var results = await RaceAsync(sets, (set, _) => set.Groups.TryAddMemberAsync(group.Id, user.Id, Entry(), Ct));
            AssertWinners(Callers, WriteStatus.Done, results);
            Assert.Equal(round + 1, (await Stores.Groups.FindAsync(group.Id, Ct))?.MemberCount);
        }
    }

    [Case]
    public async Task RemoveMember_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var group = await MakeGroupAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync(null, Role.User, group.Id);
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var won = await RaceAsync(sets, (set, i) => set.Groups.TryRemoveMemberAsync(group.Id, user.Id, entries[i], Ct));
            Assert.Equal(1, won.Count(w => w == WriteStatus.Done));
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    [Case]
    public async Task Delete_WithEverything_TakesAllThatHangsOnIt()
    {
        var group = await MakeGroupAsync();
        var other = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, group.Id, other.Id);
        await AssignAsync("vps-a", [user.Id], [group.Id, other.Id]);
        await AssignAsync("vps-b", [], [group.Id]);
        var (_, giving) = await MakeInvitationAsync(DraftInvitation(groupId: group.Id));
        var (_, givingOther) = await MakeInvitationAsync(DraftInvitation(groupId: other.Id));
        var (_, plain) = await MakeInvitationAsync();

        await WritesAsync(e => Stores.Groups.TryDeleteAsync(group.Id, e, Ct));
        Assert.Null(await Stores.Groups.FindAsync(group.Id, Ct));
        Assert.Equal([other.Id], (await Stores.Groups.ListOfUserAsync(user.Id, Ct)).Select(g => g.Id));
        Assert.Equal([null, other.Id], (await Stores.VpsAssignments.ListAsync("vps-a", Ct)).Select(a => a.Group?.Id).Order());
        Assert.False(await Stores.VpsAssignments.IsAssignedAsync("vps-b", user.Id, Ct));
        Assert.Null(await Stores.Invitations.FindAsync(giving, Ct));
        Assert.NotNull(await Stores.Invitations.FindAsync(givingOther, Ct));
        Assert.NotNull(await Stores.Invitations.FindAsync(plain, Ct));
        Assert.Equal(user, await UserAsync(user.Id));
    }

    [Case]
    public async Task Delete_UnknownOrDeleted_IsRefusedAndTheIdNeverReused()
    {
        var group = await MakeGroupAsync("gone");
        await WritesAsync(e => Stores.Groups.TryDeleteAsync(group.Id, e, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.Groups.TryDeleteAsync(group.Id, e, Ct));
        Assert.True((await MakeGroupAsync("gone")).Id > group.Id);
    }

    [Case]
    public async Task Delete_AgainstAllThatHangsSomethingOnIt_LeavesNothing()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var group = await MakeGroupAsync();
            var names = NextNumber();
            var done = await RaceAsync(sets, async (set, i) => (i % 5) switch
            {
                0 => i == 15 && await set.Groups.TryDeleteAsync(group.Id, Entry(), Ct) == WriteStatus.Done,
                1 => await set.Groups.TryAddMemberAsync(group.Id, user.Id, Entry(), Ct) == WriteStatus.Done,
                2 => (await set.Invitations.TryCreateAsync(DraftInvitation(groupId: group.Id), Entry(), Ct)).IsDone,
                3 => await set.VpsAssignments.TryAssignAsync("vps-a", [], [group.Id], Now, Entry(), Ct) == WriteStatus.Done,
                _ => (await set.Accounts.TryCreateUserAsync(DraftUser($"member{names}.{i}", Role.User, group.Id), Entry(), Ct)).IsDone,
            });
            Assert.True(done[15]);
            Assert.Empty(await Stores.Groups.ListOfUserAsync(user.Id, Ct));
            Assert.Empty((await Stores.Invitations.ListAsync(null, new PageRequest(5), Ct)).Items);
            Assert.Empty(await Stores.VpsAssignments.ListAsync("vps-a", Ct));
            var users = await Stores.Users.ListAsync(new UserQuery { Page = new PageRequest(1000) }, Now, Ct);
            Assert.All(users.Items, u => Assert.Empty(u.Groups));
        }
    }
}
