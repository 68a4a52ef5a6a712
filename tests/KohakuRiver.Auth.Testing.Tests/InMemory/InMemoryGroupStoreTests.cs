using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Tests.InMemory.Sample;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

public sealed class InMemoryGroupStoreTests
{
    private readonly InMemoryStoreSet stores = new();

    [Fact]
    public async Task Group_MadeAndChanged_KeepsNamesUniqueRegardlessOfCase()
    {
        var limits = new Dictionary<string, long> { ["z"] = 1, ["a"] = 2 };
        var lab = (await stores.Groups.TryCreateAsync(new NewGroup("Lab", "d", 1, limits, Now), Audit(), Ct)).Value!;
        var other = await stores.AddGroupAsync("other");
        limits["z"] = 99;

        Assert.Equal(["a", "z"], lab.Limits.Keys);
        Assert.Equal(1, (await stores.Groups.FindAsync(lab.Id, Ct))!.Limits["z"]);
        Assert.Equal(
            WriteStatus.NameTaken, (await stores.Groups.TryUpdateAsync(other.Id, new GroupChange { Name = "LAB" }, Audit(), Ct)).Status);
        Assert.Equal("LAB", (await stores.Groups.TryUpdateAsync(lab.Id, new GroupChange { Name = "LAB" }, Audit(), Ct)).Value?.Name);
        Assert.Equal(WriteStatus.NotFound, (await stores.Groups.TryUpdateAsync(99, new GroupChange(), Audit(), Ct)).Status);
        Assert.Equal([other.Id, lab.Id], (await stores.Groups.ListAsync(new PageRequest(10), Ct)).Items.Select(group => group.Id));
    }

    [Fact]
    public async Task Member_AddedTwiceAndRemoved_CountsOnce()
    {
        var lab = await stores.AddGroupAsync("lab");
        var mio = await stores.AddUserAsync("mio");

        Assert.Equal(WriteStatus.Done, await stores.Groups.TryAddMemberAsync(lab.Id, mio.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.Done, await stores.Groups.TryAddMemberAsync(lab.Id, mio.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.GroupMissing, await stores.Groups.TryAddMemberAsync(99, mio.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.UserMissing, await stores.Groups.TryAddMemberAsync(lab.Id, 99, Audit(), Ct));
        Assert.Equal(1, Assert.Single(await stores.Groups.ListOfUserAsync(mio.Id, Ct)).MemberCount);

        Assert.Equal(WriteStatus.Done, await stores.Groups.TryRemoveMemberAsync(lab.Id, mio.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.NotFound, await stores.Groups.TryRemoveMemberAsync(lab.Id, mio.Id, Audit(), Ct));
        Assert.Empty(await stores.Groups.ListOfUserAsync(mio.Id, Ct));
    }

    [Fact]
    public async Task Group_Deleted_TakesMembershipsAssignmentsAndInvitations()
    {
        var lab = await stores.AddGroupAsync("lab");
        var mio = await stores.AddUserAsync("mio", Role.User, lab.Id);
        await stores.VpsAssignments.TryAssignAsync("vps-1", [mio.Id], [lab.Id], Now, Audit(), Ct);
        var code = Hash();
        await stores.Invitations.TryCreateAsync(Invitation(code, groupId: lab.Id), Audit(), Ct);

        Assert.Equal(WriteStatus.Done, await stores.Groups.TryDeleteAsync(lab.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.NotFound, await stores.Groups.TryDeleteAsync(lab.Id, Audit(), Ct));

        Assert.Empty((await stores.Users.FindDetailsAsync(mio.Id, Now, Ct))!.Groups);
        Assert.Equal(mio.Id, Assert.Single(await stores.VpsAssignments.ListAsync("vps-1", Ct)).User?.Id);
        Assert.Null(await stores.Invitations.FindAsync(code, Ct));
    }

    [Fact]
    public async Task Vps_AssignedDirectlyAndByGroup_IsListedOnce()
    {
        var lab = await stores.AddGroupAsync("lab");
        var mio = await stores.AddUserAsync("mio", Role.User, lab.Id);
        var vps = stores.VpsAssignments;

        Assert.Equal(WriteStatus.Done, await vps.TryAssignAsync("b", [mio.Id], [lab.Id], Now, Audit(), Ct));
        Assert.Equal(WriteStatus.Done, await vps.TryAssignAsync("b", [mio.Id], [], Now.AddHours(1), Audit(), Ct));
        Assert.Equal(WriteStatus.Done, await vps.TryAssignAsync("a", [], [lab.Id], Now, Audit(), Ct));
        Assert.Equal(WriteStatus.UserMissing, await vps.TryAssignAsync("c", [mio.Id, 99], [], Now, Audit(), Ct));
        Assert.Equal(WriteStatus.GroupMissing, await vps.TryAssignAsync("c", [mio.Id], [99], Now, Audit(), Ct));

        Assert.Equal(["a", "b"], await vps.ListVpsOfUserAsync(mio.Id, Ct));
        Assert.All(await vps.ListAsync(["a", "b", "c"], Ct), row => Assert.Equal(Now, row.AssignedAt));
        Assert.Equal([1, 2, 3], (await vps.ListAsync(["a", "b", "c"], Ct)).Select(row => row.Id));

        Assert.Equal(WriteStatus.Done, await vps.TryUnassignUserAsync("b", mio.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.NotFound, await vps.TryUnassignUserAsync("b", mio.Id, Audit(), Ct));
        Assert.True(await vps.IsAssignedAsync("b", mio.Id, Ct));
        Assert.Equal(WriteStatus.Done, await vps.TryUnassignGroupAsync("b", lab.Id, Audit(), Ct));
        Assert.False(await vps.IsAssignedAsync("b", mio.Id, Ct));
        Assert.Equal(WriteCount.Done(1), await vps.ForgetAsync("a", Audit(), Ct));
        Assert.Equal(WriteCount.Done(0), await vps.ForgetAsync("a", Audit(), Ct));
    }
}
