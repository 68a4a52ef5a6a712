using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class OverviewAndKeyTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Overview_ShowsEverybodyOnlyWhatTheyMaySee()
    {
        var seen = new List<string>();
        foreach (var actor in TestActors.All)
        {
            var o = await host.Get<OverviewService>().GetAsync(actor);
            seen.Add(string.Concat(
                o.Pending is null ? "" : "P", o.UsersByRole is null ? "" : "U", o.ActiveSessions is null ? "" : "S",
                o.Logins is null ? "" : "L", o.Recent is null ? "" : "R", o.Locked is null ? "" : "K"));
        }

        Assert.Equal(["", "", "", "", "PU", "PUSLRK", "", "", "", "PU", "PUSLRK", "PUSLRK", "PUSLRK", "PUSLRK"], seen);
    }

    [Fact]
    public async Task Overview_Counts()
    {
        await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.Anony, "banned");
        await host.AddUserAsync(Role.Admin, "boss");
        await host.LogInAsync("alice");
        await host.Logins.LogInAsync("alice", "wrong", new ClientInfo(AuthHarness.Address));
        await host.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask("t1"));
        host.Clock.Advance(TimeSpan.FromDays(13));
        await host.LogInAsync("boss");

        var o = await host.Get<OverviewService>().GetAsync(TestActors.Admin());

        Assert.Equal((1, 1), (o.Pending, o.ActiveSessions));
        Assert.Equal([1, 0, 1, 0, 1], o.UsersByRole!.Select(r => r.Value));
        Assert.Equal(14, o.Logins!.Count);
        Assert.Equal(
            ((1L, 1L), (1L, 0L)), ((o.Logins[0].Successes, o.Logins[0].Failures), (o.Logins[^1].Successes, o.Logins[^1].Failures)));

        // The dear figures are remembered for half a minute.
        await host.LogInAsync("alice");
        host.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, (await host.Get<OverviewService>().GetAsync(TestActors.Admin())).Logins![^1].Successes);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await host.Get<OverviewService>().GetAsync(TestActors.Admin())).Logins![^1].Successes);
    }

    [Fact]
    public async Task Overview_OfLockedAccounts_ForgetsThoseUnlockedAtOnce()
    {
        await host.AddUserAsync(Role.User, "alice");
        var bob = await host.AddUserAsync(Role.User, "bob");
        foreach (var name in Enumerable.Repeat("alice", 100).Concat(Enumerable.Repeat("bob", 100)))
        {
            await host.Logins.LogInAsync(name, "wrong", new ClientInfo());
        }

        var overview = host.Get<OverviewService>();
        Assert.Equal(["alice", "bob"], (await overview.GetAsync(TestActors.Admin())).Locked!.Select(u => u.Username).Order());
        (await host.Users.UnlockAsync(TestActors.Admin(), bob.Id)).Require();
        Assert.Equal(["alice"], (await overview.GetAsync(TestActors.Admin())).Locked!.Select(u => u.Username));
        Assert.Equal(
            [AuditActions.UserUnlock, AuditActions.Login],
            (await overview.GetAsync(TestActors.Admin())).Recent!.Take(2).Select(e => e.Action));
        Assert.Equal(8, (await overview.GetAsync(TestActors.Admin())).Recent!.Count);
    }

    [Fact]
    public async Task TokenFinder_OfEachActor_FindsOnlyWhatTheyMaySee()
    {
        var alice = await host.AddUserAsync(Role.User, "alice");
        var bob = await host.AddUserAsync(Role.Viewer, "bob");
        var (hers, his) = (TestActors.Of(alice), TestActors.Of(bob));
        var first = (await host.Tokens.CreateAsync(hers, new CreateTokenCommand { Name = "a", ExpiresHours = 24 })).Require().Token;
        var second = (await host.Tokens.CreateAsync(his, new CreateTokenCommand { Name = "b", ExpiresHours = 48 })).Require().Token;
        (await host.Tokens.CreateAsync(his, new CreateTokenCommand { Name = "never" })).Require();
        var finder = host.Get<TokenFinder>();

        Assert.Equal([first.Id, second.Id], await EndingAsync(TestActors.Admin()));
        Assert.Equal([first.Id], await EndingAsync(hers));
        Assert.Equal([second.Id], await EndingAsync(his));
        Assert.Empty(await EndingAsync(Actor.Anonymous));
        Assert.Empty(await EndingAsync(TestActors.Of(alice with { Role = Role.Anony })));
        Assert.Equal([first], await finder.FindAsync(hers, first.Prefix, 5));
        Assert.Empty(await finder.FindAsync(his, first.Prefix, 5));
        Assert.Equal([first], await finder.FindAsync(TestActors.Admin(), first.Prefix, 5));
        Assert.Equal(2, (await finder.FindAsync(his, "krt_", 5)).Count);
        Assert.Empty(await finder.FindAsync(TestActors.Admin(), first.Prefix + "x", 5));
        Assert.Empty(await finder.FindAsync(TestActors.Admin(), "", 5));

        async Task<IEnumerable<long>> EndingAsync(Actor actor) =>
            (await finder.ListEndingAsync(actor, TimeSpan.FromDays(14), 5)).Select(t => t.Id);
    }

    [Fact]
    public async Task Key_WorksOnce_UnderRaces_OnEveryInstance_AndNotAfterPruning()
    {
        using var second = host.Second();
        var issued = host.Now;

        var wins =
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
                Task.Run(() => (i % 2 == 0 ? host : second).Get<OneUseKeyService>().TryUseAsync("key", issued))));

        Assert.Single(wins, w => w);
        Assert.True(await host.Get<OneUseKeyService>().TryUseAsync("other", issued));
        host.Clock.Advance(OneUseKeyService.Lifetime - TimeSpan.FromMicroseconds(1));
        await host.Get<Pruning>().PruneAsync();
        Assert.False(await host.Get<OneUseKeyService>().TryUseAsync("key", issued));
        Assert.True(await host.Get<OneUseKeyService>().TryUseAsync("late", issued));
        host.Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.False(await host.Get<OneUseKeyService>().TryUseAsync("too late", issued));
        Assert.False(await host.Get<OneUseKeyService>().TryUseAsync("from the future", host.Now + TimeSpan.FromMinutes(5)));
    }
}
