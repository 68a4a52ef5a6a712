using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>Creating and deleting the host's instances: what is refused, what is left after which failure, and who gets to know.</summary>
public sealed class VpsLifecycleTests : IDisposable
{
    private static readonly Actor Operator = TestActors.Operator();

    private readonly AuthHarness host = new(build: b => b.UseInMemoryVps());

    private InMemoryVps Instances => host.Get<InMemoryVps>();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Created_IsThereForNobodyElseAndAudited()
    {
        var made = (await host.VpsLifecycle.CreateAsync(Operator, new VpsRequest { Name = " box ", Node = "node-1" })).Require();

        Assert.Equal(("box", "node-1", Operator.Username), (made.Name, made.Node, made.Owner));
        Assert.Equal([made], Instances.Instances);
        Assert.Empty((await host.Vps.ListAsync(Operator, made.VpsId)).Require().Assignments);
        var entry = Assert.Single(await host.ReadAuditAsync());
        Assert.Equal(
            (AuditActions.VpsCreate, AuditOutcome.Success, "vps", made.VpsId, "box", "on node-1"),
            (entry.Action, entry.Outcome, entry.TargetType, entry.TargetId, entry.Target, entry.Detail));
    }

    [Fact]
    public async Task Deleted_GoesWithItsAssignments_WhichTheAuditLogNames()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var group = await host.AddGroupAsync("lab");
        Instances.Add(new VpsInfo("v1", "box"));
        (await host.Vps.AssignAsync(Operator, "v1", [user.Id], [group])).Require();

        Assert.Equal(2, (await host.VpsLifecycle.DeleteAsync(Operator, "v1")).Require());

        Assert.Empty(Instances.Instances);
        Assert.Empty((await host.Vps.ListUnknownAsync(Operator)).Require());
        var entry = (await host.ReadAuditAsync()).Single(e => e.Action == AuditActions.VpsDelete);
        Assert.Equal(("v1", "box", $"users [{user.Id}], groups [{group}]"), (entry.TargetId, entry.Target, entry.Detail));
        ResultAssert.Refused(RefusalKind.Hidden, await host.VpsLifecycle.DeleteAsync(Operator, "v1"));
        Assert.Single(await host.ReadAuditAsync(), e => e.Action == AuditActions.VpsDelete);
    }

    [Fact]
    public async Task Create_WithFaults_TellsAllOfThemAndAsksNoHost()
    {
        Instances.Offer = new VpsOffer { Fields = VpsFields.Node | VpsFields.Image | VpsFields.Cores | VpsFields.SshKey, Nodes = ["a"] };

        var outcome = await host.VpsLifecycle.CreateAsync(
            Operator,
            new VpsRequest
            {
                Name =
                    "a\nb", Node = "b", Image = "\u202E", Cores = 0, MemoryBytes = 1, Gpus = 1, SshKey = "ssh-ed25519 AAAA\nssh-rsa BBBB",
            });

        Assert.Equal(
            ["Cores", "Gpus", "Image", "MemoryBytes", "Name", "Node", "SshKey"],
            outcome.Refusal!.Errors!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["This host does not ask for it."], outcome.Refusal.Errors["Gpus"]);
        Assert.Empty(Instances.Requests);
        Assert.Empty(await host.ReadAuditAsync());
    }

    [Fact]
    public async Task Create_ThatFits_ReachesTheHostAsItWasAsked()
    {
        Instances.Offer = new VpsOffer
        {
            Fields = VpsFields.Node | VpsFields.Image | VpsFields.Cores | VpsFields.Memory | VpsFields.Gpus | VpsFields.SshKey,
            Images = ["debian"],
        };
        var asked = new VpsRequest
        {
            Name = "box", Node = "anywhere", Image = "debian", Cores = 1, MemoryBytes = 1, Gpus = 0, SshKey = "ssh-ed25519 AAAA ann@home",
        };

        (await host.VpsLifecycle.CreateAsync(Operator, asked)).Require();

        Assert.Equal([asked], Instances.Requests);
    }

    [Fact]
    public async Task FullNode_IsAFaultOfTheFieldAndNothingIsDone()
    {
        Instances.Refusal = Refusal.Field("Node", "node-1 is full.");

        ResultAssert.Faulty("Node", await host.VpsLifecycle.CreateAsync(Operator, new VpsRequest { Name = "box", Node = "node-1" }));

        Assert.Empty(Instances.Instances);
        Assert.Empty(await host.ReadAuditAsync());
    }

    [Fact]
    public async Task HostThatRefusesToDelete_KeepsTheAssignments()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        Instances.Add(new VpsInfo("v1", "box"));
        (await host.Vps.AssignAsync(Operator, "v1", [user.Id], [])).Require();
        foreach (var refusal in new[] { new Refusal(RefusalKind.Conflict, "It is running."), Refusals.RoleTooLow, Refusals.Hidden })
        {
            Instances.Refusal = refusal;
            ResultAssert.Refused(refusal.Kind, await host.VpsLifecycle.DeleteAsync(Operator, "v1"));
        }

        Assert.Single((await host.Vps.ListAsync(Operator, "v1")).Require().Assignments);
        Assert.DoesNotContain(await host.ReadAuditAsync(), e => e.Action == AuditActions.VpsDelete);
    }

    [Fact]
    public async Task HostDown_IsBusyAndNothingIsHalfDone()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        Instances.Add(new VpsInfo("v1", "box"));
        (await host.Vps.AssignAsync(Operator, "v1", [user.Id], [])).Require();
        Instances.Fault = new HttpRequestException("no route to host");

        ResultAssert.Refused(RefusalKind.Busy, await host.VpsLifecycle.GetOfferAsync(Operator));
        ResultAssert.Refused(RefusalKind.Busy, await host.VpsLifecycle.CreateAsync(Operator, new VpsRequest { Name = "new" }));
        ResultAssert.Refused(RefusalKind.Busy, await host.VpsLifecycle.DeleteAsync(Operator, "v1"));

        Instances.Fault = null;
        Assert.Equal(["v1"], Instances.Instances.Select(v => v.VpsId));
        Assert.Single((await host.Vps.ListAsync(Operator, "v1")).Require().Assignments);
        Assert.DoesNotContain(await host.ReadAuditAsync(), e => e.Action is AuditActions.VpsCreate or AuditActions.VpsDelete);
        Assert.Contains(host.Log.GetSnapshot(), r => r.Id.Id == 1302 && r.Exception is HttpRequestException);
    }

    [Fact]
    public async Task LostAnswer_IsAuditedAsAFailure_AndDeletingAgainCompletes()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        Instances.Add(new VpsInfo("v1", "box"));
        (await host.Vps.AssignAsync(Operator, "v1", [user.Id], [])).Require();
        Instances.LostAnswer = new TimeoutException();

        var lost = ResultAssert.Refused(RefusalKind.Busy, await host.VpsLifecycle.CreateAsync(Operator, new VpsRequest { Name = "new" }));
        Assert.Null(lost.RetryAfter);
        ResultAssert.Refused(RefusalKind.Busy, await host.VpsLifecycle.DeleteAsync(Operator, "v1"));

        var left = Assert.Single((await host.Vps.ListUnknownAsync(Operator)).Require());
        Assert.Equal("v1", left.VpsId);
        ResultAssert.Refused(RefusalKind.Hidden, await host.Vps.AssignAsync(Operator, "v1", [user.Id], []));
        Assert.Equal(
            [(AuditActions.VpsCreate, "new", AuditOutcome.Failure), (AuditActions.VpsDelete, "box", AuditOutcome.Failure)],
            (await host.ReadAuditAsync()).Where(e => e.Action is AuditActions.VpsCreate or AuditActions.VpsDelete)
                .Select(e => (e.Action, e.Target!, e.Outcome)));

        Instances.LostAnswer = null;
        Assert.Equal(1, (await host.VpsLifecycle.DeleteAsync(Operator, "v1")).Require());
        Assert.Empty((await host.Vps.ListUnknownAsync(Operator)).Require());
        Assert.Equal(["new"], Instances.Instances.Select(v => v.Name));
    }

    [Fact]
    public async Task StoreDownAfterTheDeletion_LeavesWhatARepeatCompletes()
    {
        var database = new InMemoryDatabase();
        using var own = new AuthHarness(database: database, build: b => b
            .UseInMemoryVps().Services
            .AddScoped<IVpsLifecycle>(sp => new LastBeforeTheOutage(sp.GetRequiredService<InMemoryVps>(), database)));
        var user = await own.AddUserAsync(Role.User, "alice");
        own.Get<InMemoryVps>().Add(new VpsInfo("v1", "box"));
        (await own.Vps.AssignAsync(Operator, "v1", [user.Id], [])).Require();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => own.VpsLifecycle.DeleteAsync(Operator, "v1"));

        database.IsDown = false;
        Assert.Empty(own.Get<InMemoryVps>().Instances);
        Assert.Single((await own.Vps.ListUnknownAsync(Operator)).Require());
        Assert.Equal(1, (await own.VpsLifecycle.DeleteAsync(Operator, "v1")).Require());
    }

    [Fact]
    public async Task HostThatNeverAnswers_IsGivenUpAfterAMinute()
    {
        using var slow = new AuthHarness(build: b => b.AddVpsLifecycle<Stuck>());
        var call = slow.VpsLifecycle.CreateAsync(Operator, new VpsRequest { Name = "box" });
        await Stuck.Reached.Task;
        slow.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(call.IsCompleted);

        slow.Clock.Advance(TimeSpan.FromSeconds(1));

        ResultAssert.Refused(RefusalKind.Busy, await call);
    }

    [Fact]
    public async Task HostWithoutLifecycle_OffersNothing()
    {
        using var plain = new AuthHarness();
        ResultAssert.Refused(RefusalKind.Hidden, await plain.VpsLifecycle.GetOfferAsync(Operator));
        ResultAssert.Refused(RefusalKind.Hidden, await plain.VpsLifecycle.CreateAsync(Operator, new VpsRequest { Name = "box" }));
        ResultAssert.Refused(RefusalKind.Hidden, await plain.VpsLifecycle.DeleteAsync(Operator, "v1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public async Task BadId_IsHidden(string id) =>
        ResultAssert.Refused(RefusalKind.Hidden, await host.VpsLifecycle.DeleteAsync(Operator, id));

    /// <summary>Deletes, and then the user side's database is away.</summary>
    private sealed class LastBeforeTheOutage(InMemoryVps instances, InMemoryDatabase database) : IVpsLifecycle
    {
        public Task<VpsOffer> DescribeAsync(Actor actor, CancellationToken cancellationToken) =>
            instances.DescribeAsync(actor, cancellationToken);

        public Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken) =>
            instances.CreateAsync(actor, request, cancellationToken);

        public async Task<KohakuResult> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken)
        {
            var outcome = await instances.DeleteAsync(actor, vpsId, cancellationToken);
            database.IsDown = outcome.IsSuccess;
            return outcome;
        }
    }

    private sealed class Stuck : IVpsLifecycle
    {
        internal static TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<VpsOffer> DescribeAsync(Actor actor, CancellationToken cancellationToken) => Task.FromResult(new VpsOffer());

        // Not even its token ends it.
        public async Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await new TaskCompletionSource().Task;
            return Refusals.Hidden;
        }

        public Task<KohakuResult> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken) =>
            Task.FromResult<KohakuResult>(Refusals.Hidden);
    }
}
