using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IVpsAssignmentStore"/> promises.</summary>
[Subject("Vps")]
internal sealed class VpsCases : StoreCases
{
    [Case]
    public async Task Assign_UsersAndGroups_GivesWhatWasWritten()
    {
        var user = await MakeUserAsync("Tenant");
        var group = await MakeGroupAsync("Tenants");
        var at = Tick();
        var id = new string('v', 64);
        await WritesAsync(e => Stores.VpsAssignments.TryAssignAsync(id, [user.Id], [group.Id], at, e, Ct));
        var rows = await Stores.VpsAssignments.ListAsync(id, Ct);
        Assert.Equal(2, rows.Count);
        var toUser = Assert.Single(rows, r => r.User is not null);
        var toGroup = Assert.Single(rows, r => r.Group is not null);
        Assert.Equal(
            new VpsAssignment
            {
                Id = toUser.Id,
                VpsId = id,
                User = new UserRef(user.Id, "Tenant"),
                UserDisplayName = user.DisplayName,
                AssignedAt = at,
            },
            toUser);
        Assert.Equal(
            new VpsAssignment { Id = toGroup.Id, VpsId = id, Group = new GroupRef(group.Id, "Tenants"), AssignedAt = at }, toGroup);
        Assert.True(toUser.Id > 0 && toGroup.Id > 0 && toUser.Id != toGroup.Id);
    }

    [Case]
    public async Task List_OneOrMany_IsOldestFirst()
    {
        var (a, b) = (await MakeUserAsync(), await MakeUserAsync());
        await AssignAsync("vps-a", [b.Id], []);
        await AssignAsync("vps-b", [a.Id], []);
        await AssignAsync("vps-a", [a.Id], []);
        await AssignAsync("vps-c", [a.Id], []);
        Assert.Equal([b.Id, a.Id], (await Stores.VpsAssignments.ListAsync("vps-a", Ct)).Select(r => r.User?.Id));
        var many = await Stores.VpsAssignments.ListAsync(["vps-b", "unknown", "vps-a"], Ct);
        Assert.Equal(["vps-a", "vps-b", "vps-a"], many.Select(r => r.VpsId));
        Assert.Empty(await Stores.VpsAssignments.ListAsync("unknown", Ct));
        Assert.Empty(await Stores.VpsAssignments.ListAsync(Array.Empty<string>(), Ct));
    }

    [Case]
    public async Task List_TenThousandIds_Works()
    {
        var user = await MakeUserAsync();
        await AssignAsync("vps-a", [user.Id], []);
        var ids = Enumerable.Range(0, 9999).Select(i => $"unknown-{i:D56}").Append("vps-a").ToList();
        Assert.Single(await Stores.VpsAssignments.ListAsync(ids, Ct));
    }

    [Case]
    public async Task ListOfUser_DirectlyAndThroughGroups_GivesEachOnceInOrdinalOrder()
    {
        var group = await MakeGroupAsync();
        var second = await MakeGroupAsync();
        var foreign = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, group.Id, second.Id);
        await AssignAsync("vps-b", [user.Id], [group.Id, second.Id]);
        await AssignAsync("vps-a", [], [group.Id]);
        await AssignAsync("VPS-Z", [user.Id], []);
        await AssignAsync("vps-c", [(await MakeUserAsync()).Id], [foreign.Id]);
        Assert.Equal(["VPS-Z", "vps-a", "vps-b"], await Stores.VpsAssignments.ListVpsOfUserAsync(user.Id, Ct));
        Assert.Empty(await Stores.VpsAssignments.ListVpsOfUserAsync(user.Id + 1000, Ct));
    }

    [Case]
    public async Task ListVps_ToUsersAndGroups_GivesEachOnceInOrdinalOrder()
    {
        Assert.Empty(await Stores.VpsAssignments.ListVpsAsync(Ct));
        var (user, other) = (await MakeUserAsync(), await MakeUserAsync());
        var group = await MakeGroupAsync();
        await AssignAsync("vps-b", [user.Id, other.Id], [group.Id]);
        await AssignAsync("vps-a", [], [group.Id]);
        await AssignAsync("VPS-Z", [other.Id], []);
        Assert.Equal(["VPS-Z", "vps-a", "vps-b"], await Stores.VpsAssignments.ListVpsAsync(Ct));
        await WritesAsync(e => Stores.VpsAssignments.TryUnassignGroupAsync("vps-a", group.Id, e, Ct));
        Assert.Equal(["VPS-Z", "vps-b"], await Stores.VpsAssignments.ListVpsAsync(Ct));
    }

    [Case]
    public async Task IsAssigned_AsThingsChange_FollowsAtOnce()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync();
        Assert.False(await IsAssignedAsync("vps-a", user));
        await AssignAsync("vps-a", [], [group.Id]);
        Assert.False(await IsAssignedAsync("vps-a", user));
        await WritesAsync(e => Stores.Groups.TryAddMemberAsync(group.Id, user.Id, e, Ct));
        Assert.True(await IsAssignedAsync("vps-a", user));
        Assert.False(await IsAssignedAsync("VPS-A", user));
        Assert.False(await IsAssignedAsync("vps-b", user));
        await WritesAsync(e => Stores.Groups.TryRemoveMemberAsync(group.Id, user.Id, e, Ct));
        Assert.False(await IsAssignedAsync("vps-a", user));
        await AssignAsync("vps-a", [user.Id], []);
        Assert.True(await IsAssignedAsync("vps-a", user));
        await WritesAsync(e => Stores.VpsAssignments.TryUnassignUserAsync("vps-a", user.Id, e, Ct));
        Assert.False(await IsAssignedAsync("vps-a", user));
    }

    [Case]
    public async Task Assign_Again_KeepsTheRow()
    {
        var (user, other) = (await MakeUserAsync(), await MakeUserAsync());
        var group = await MakeGroupAsync();
        await AssignAsync("vps-a", [user.Id], [group.Id]);
        var before = await Stores.VpsAssignments.ListAsync("vps-a", Ct);
        await WritesAsync(e => Stores.VpsAssignments.TryAssignAsync("vps-a", [user.Id, other.Id], [group.Id], Tick(), e, Ct));
        var after = await Stores.VpsAssignments.ListAsync("vps-a", Ct);
        Assert.Equal(before, after.Take(2));
        Assert.Equal(other.Id, Assert.Single(after.Skip(2)).User?.Id);
    }

    [Case]
    public async Task Assign_OneMissing_GivesToNobody()
    {
        var user = await MakeUserAsync();
        var group = await MakeGroupAsync();
        await LosesAsync(
            WriteStatus.UserMissing,
            e => Stores.VpsAssignments.TryAssignAsync("vps-a", [user.Id, user.Id + 1000], [group.Id], Tick(), e, Ct));
        await LosesAsync(
            WriteStatus.GroupMissing,
            e => Stores.VpsAssignments.TryAssignAsync("vps-a", [user.Id], [group.Id, group.Id + 1000], Tick(), e, Ct));
        Assert.Empty(await Stores.VpsAssignments.ListAsync("vps-a", Ct));
    }

    [Case]
    public async Task Unassign_OnlyThroughAGroup_IsRefused()
    {
        var group = await MakeGroupAsync();
        var other = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, group.Id);
        await AssignAsync("vps-a", [], [group.Id]);
        await LosesAsync(WriteStatus.NotFound, e => Stores.VpsAssignments.TryUnassignUserAsync("vps-a", user.Id, e, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.VpsAssignments.TryUnassignGroupAsync("vps-a", other.Id, e, Ct));
        await LosesAsync(WriteStatus.NotFound, e => Stores.VpsAssignments.TryUnassignGroupAsync("VPS-A", group.Id, e, Ct));
    }

    [Case]
    public async Task Unassign_Known_TakesOnlyThatOne()
    {
        // Users and groups number their ids independently, so mixing them up shows.
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync();
        await AssignAsync("vps-a", [user.Id], [group.Id]);
        await AssignAsync("vps-b", [user.Id], [group.Id]);
        await WritesAsync(e => Stores.VpsAssignments.TryUnassignUserAsync("vps-a", user.Id, e, Ct));
        Assert.Equal(group.Id, Assert.Single(await Stores.VpsAssignments.ListAsync("vps-a", Ct)).Group?.Id);
        await WritesAsync(e => Stores.VpsAssignments.TryUnassignGroupAsync("vps-b", group.Id, e, Ct));
        Assert.Equal(user.Id, Assert.Single(await Stores.VpsAssignments.ListAsync("vps-b", Ct)).User?.Id);
        await LosesAsync(WriteStatus.NotFound, e => Stores.VpsAssignments.TryUnassignUserAsync("vps-a", user.Id, e, Ct));
    }

    [Case]
    public async Task Forget_Instance_TakesAllOfItAndAuditsEvenNone()
    {
        var (user, group) = (await MakeUserAsync(), await MakeGroupAsync());
        await AssignAsync("vps-a", [user.Id], [group.Id]);
        await AssignAsync("VPS-A", [user.Id], []);
        await CountsAsync(2, e => Stores.VpsAssignments.ForgetAsync("vps-a", e, Ct));
        Assert.Empty(await Stores.VpsAssignments.ListAsync("vps-a", Ct));
        Assert.Single(await Stores.VpsAssignments.ListAsync("VPS-A", Ct));
        await CountsAsync(0, e => Stores.VpsAssignments.ForgetAsync("vps-a", e, Ct));
    }

    [Case]
    public async Task Assign_TheSameManyTimesAtOnce_IsOneRowEach()
    {
        var sets = await OpenTwoAsync();
        var (user, group) = (await MakeUserAsync(), await MakeGroupAsync());
        for (var round = 0; round < Rounds; round++)
        {
            var vpsId = "contested-" + round;
            var results = await RaceAsync(sets, (set, _) =>
                set.VpsAssignments.TryAssignAsync(vpsId, [user.Id], [group.Id], Now, Entry(), Ct));
            AssertWinners(Callers, WriteStatus.Done, results);
            Assert.Equal(2, (await Stores.VpsAssignments.ListAsync(vpsId, Ct)).Count);
        }
    }

    [Case]
    public async Task Unassign_ManyAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var user = await MakeUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await AssignAsync("vps-a", [user.Id], []);
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var won = await RaceAsync(sets, (set, i) => set.VpsAssignments.TryUnassignUserAsync("vps-a", user.Id, entries[i], Ct));
            Assert.Equal(1, won.Count(w => w == WriteStatus.Done));
            Assert.Equal(1, await CountAuditedAsync(entries));
        }
    }

    private Task<bool> IsAssignedAsync(string vpsId, User user) => Stores.VpsAssignments.IsAssignedAsync(vpsId, user.Id, Ct);
}
