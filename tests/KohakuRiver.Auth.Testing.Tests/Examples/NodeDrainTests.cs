using NSubstitute;

namespace KohakuRiver.Auth.Testing.Tests.Examples;

/// <summary>Worked example: a rule of the host's own, with a stand-in for the host's directory of instances.</summary>
// <snippet:policy-tests>
public sealed class NodeDrainTests
{
    private readonly IVpsDirectory instances = Substitute.For<IVpsDirectory>();

    public static TheoryData<string, bool> EveryActor => new(TestActors.All.Select(actor => (
        actor.Username + " by " + actor.Kind,
        actor.Role >= NodeDrain.Permission.MinimumRole)));

    [Theory]
    [MemberData(nameof(EveryActor))]
    public async Task Drain_OfAnIdleNode_IsForOperatorsAndAbove(string who, bool allowed)
    {
        instances.ListAsync(Arg.Any<CancellationToken>()).Returns([]);
        var actor = TestActors.All.Single(a => a.Username + " by " + a.Kind == who);

        var decision = await new NodeDrain(instances).DecideAsync(actor, "node-1", CancellationToken.None);

        Assert.Equal(allowed, decision.IsAllowed);
    }

    [Fact]
    public async Task Drain_OfANodeInUse_IsForAdminsOnly()
    {
        instances.ListAsync(Arg.Any<CancellationToken>()).Returns([new VpsInfo("vps-1", "Notebook", "node-1", "running")]);
        var drain = new NodeDrain(instances);

        var refused = await drain.DecideAsync(TestActors.Operator(), "node-1", CancellationToken.None);
        var elsewhere = await drain.DecideAsync(TestActors.Operator(), "node-2", CancellationToken.None);
        var admin = await drain.DecideAsync(TestActors.Admin(), "node-1", CancellationToken.None);

        Assert.Equal(RefusalKind.Conflict, refused.Refusal?.Kind);
        Assert.True(elsewhere.IsAllowed);
        Assert.True(admin.IsAllowed);
    }

    [Fact]
    public async Task Drain_Refused_AsksTheDirectoryNothing()
    {
        await new NodeDrain(instances).DecideAsync(TestActors.User(), "node-1", CancellationToken.None);

        await instances.DidNotReceive().ListAsync(Arg.Any<CancellationToken>());
    }
}
// </snippet:policy-tests>
