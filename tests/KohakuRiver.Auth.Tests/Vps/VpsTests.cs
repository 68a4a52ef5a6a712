using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

public sealed class VpsTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "V8.4.1"), Trait("Requirement", "Known_KohakuRiverAssignments")]
    public async Task Assigned_DirectlyOrThroughAGroup_MayUse_InForceAtOnce()
    {
        var group = await host.AddGroupAsync("lab");
        var alice = TestActors.Of(await host.AddUserAsync(Role.Viewer, "alice"));
        var bob = TestActors.Of(await host.AddUserAsync(Role.User, "bob", groupIds: [group]), [group]);
        await host.Vps.AssignAsync(TestActors.Operator(), "v1", [alice.Id!.Value], []);
        await host.Vps.AssignAsync(TestActors.Operator(), "v2", [], [group]);

        Assert.Equal((true, false), await CanUseAsync(alice));
        Assert.Equal((false, true), await CanUseAsync(bob));
        Assert.Equal((true, true), await CanUseAsync(TestActors.Operator()));
        Assert.Equal(["v2"], (await host.Vps.ListOwnAsync(bob)).Require().Ids);

        // The actor still carries the group; what counts is the membership as it is now.
        await host.Groups.RemoveMemberAsync(TestActors.Admin(), group, bob.Id!.Value);
        Assert.Equal((false, false), await CanUseAsync(bob));
        Assert.Empty((await host.Vps.ListOwnAsync(bob)).Require().Ids);
        await host.Vps.UnassignUserAsync(TestActors.Operator(), "v1", alice.Id!.Value);
        Assert.Equal((false, false), await CanUseAsync(alice));
    }

    [Fact]
    public async Task GroupDeletedOrUnassigned_TakesTheAccessAway()
    {
        var group = await host.AddGroupAsync("lab");
        var bob = TestActors.Of(await host.AddUserAsync(Role.User, "bob", groupIds: [group]));
        await host.Vps.AssignAsync(Actor.Host, "v1", [], [group]);
        await host.Vps.AssignAsync(Actor.Host, "v2", [], [group]);
        Assert.True((await host.Vps.UnassignGroupAsync(Actor.Host, "v1", group)).IsSuccess);
        Assert.Equal((false, true), await CanUseAsync(bob));
        await host.Groups.DeleteAsync(Actor.Host, group);
        Assert.Equal((false, false), await CanUseAsync(bob));
    }

    [Fact]
    public async Task Assign_AllOrNothing_IdempotentAndDistinct()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var group = await host.AddGroupAsync("lab");
        ResultAssert.Refused(RefusalKind.Hidden, await host.Vps.AssignAsync(Actor.Host, "v1", [user.Id, 404], [group]));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Vps.AssignAsync(Actor.Host, "v1", [user.Id], [group, 404]));
        ResultAssert.Faulty("UserIds", await host.Vps.AssignAsync(Actor.Host, "v1", [], []));
        ResultAssert.Faulty(
            "UserIds", await host.Vps.AssignAsync(Actor.Host, "v1", [.. Enumerable.Range(1, 501).Select(i => (long)i)], []));
        ResultAssert.Faulty(
            "GroupIds", await host.Vps.AssignAsync(Actor.Host, "v1", [], [.. Enumerable.Range(1, 501).Select(i => (long)i)]));
        Assert.Empty((await host.Vps.ListAsync(Actor.Host, "v1")).Require().Assignments);

        await host.Vps.AssignAsync(Actor.Host, "v1", [user.Id, user.Id], [group]);
        var again = (await host.Vps.AssignAsync(Actor.Host, "v1", [user.Id], [group, group])).Require();
        Assert.Equal(["alice", "lab"], again.Assignments.Select(a => a.User?.Username ?? a.Group!.Name));
        var found = await host.Vps.FindAsync(["v1", "v2"]);
        Assert.Equal((2, 0), (found["v1"].Count(), found["v2"].Count()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public async Task BadIds_AreHidden(string id)
    {
        ResultAssert.Refused(RefusalKind.Hidden, await host.Vps.AssignAsync(Actor.Host, id, [1], []));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Vps.ListAsync(Actor.Host, id));
        Assert.Equal(RefusalKind.Hidden, (await host.Vps.CanUseAsync(TestActors.User(), id)).Refusal!.Kind);
        ResultAssert.Refused(RefusalKind.Hidden, await host.Vps.ForgetVpsAsync(Actor.Host, id));
    }

    [Fact]
    public async Task Directory_UnknownInstances_AreHidden()
    {
        using var withDirectory = new AuthHarness(build: b => b.AddVpsDirectory<OneVps>());
        var user = await withDirectory.AddUserAsync(Role.User, "alice");
        Assert.True((await withDirectory.Vps.AssignAsync(Actor.Host, "v1", [user.Id], [])).IsSuccess);
        Assert.True((await withDirectory.Vps.ListAsync(Actor.Host, "v1")).IsSuccess);
        ResultAssert.Refused(RefusalKind.Hidden, await withDirectory.Vps.AssignAsync(Actor.Host, "v2", [user.Id], []));
        ResultAssert.Refused(RefusalKind.Hidden, await withDirectory.Vps.ListAsync(Actor.Host, "v2"));
        Assert.Empty(await withDirectory.Vps.FindAsync(["v2"]));
    }

    [Fact]
    public async Task Forget_RemovesAll_SoThatALaterInstanceInheritsNothing()
    {
        var user = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        var group = await host.AddGroupAsync("lab");
        await host.Vps.AssignAsync(Actor.Host, "v1", [user.Id!.Value], [group]);
        Assert.Equal(2, (await host.Vps.ForgetVpsAsync(Actor.Host, "v1")).Require());
        Assert.Equal(0, (await host.Vps.ForgetVpsAsync(Actor.Host, "v1")).Require());
        Assert.Equal((false, false), await CanUseAsync(user));
    }

    private async Task<(bool First, bool Second)> CanUseAsync(Actor actor) =>
        ((await host.Vps.CanUseAsync(actor, "v1")).IsAllowed, (await host.Vps.CanUseAsync(actor, "v2")).IsAllowed);

    private sealed class OneVps : IVpsDirectory
    {
        public Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<VpsInfo>>([new VpsInfo("v1", "one")]);

        public Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
            Task.FromResult(vpsId == "v1" ? new VpsInfo("v1", "one") : null);
    }
}
