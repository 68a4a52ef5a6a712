using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.Tests;

public sealed class ActivityAndMaintenanceTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    private LastUse Tracker => host.Get<LastUse>();

    [Fact]
    public async Task Notes_AreGatheredAndWrittenInOneBatchPerKind()
    {
        await host.AddUserAsync(Role.User, "alice");
        var session = await host.LogInAsync("alice");
        var token = await TokenAsync(session);
        var verbs = CountVerbs();
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        for (var i = 0; i < 100; i++)
        {
            Tracker.Note(session);
            Tracker.Note(token);
            Tracker.Note(Actor.Anonymous);
            Tracker.Note(TestActors.MasterSecret());
        }

        Assert.Equal(0, verbs());
        await Tracker.FlushAsync();
        Assert.Equal(2, verbs());
        await Tracker.FlushAsync();
        Assert.Equal(2, verbs());
        Assert.Equal(host.Now, await LastSeenAsync(session));
        Assert.Equal(host.Now, (await host.Stores.Tokens.FindAsync(token.CredentialId!.Value, CancellationToken.None))!.LastUsedAt);
    }

    [Fact]
    public async Task OneCredential_IsWrittenAtMostOnceAMinute()
    {
        await host.AddUserAsync(Role.User, "alice");
        var session = await host.LogInAsync("alice");
        var verbs = CountVerbs();
        for (var second = 0; second < 120; second++)
        {
            Tracker.Note(session);
            await Tracker.FlushAsync();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, verbs());
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task FailedFlush_ChangesNoAnswer_AndIsTriedAgain()
    {
        await host.AddUserAsync(Role.User, "alice");
        var session = await host.LogInAsync("alice");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Tracker.Note(session);
        var noted = host.Now;
        host.Database.IsDown = true;

        await Tracker.FlushAsync();

        Assert.Contains(host.Log.GetSnapshot(), l => l.Level == LogLevel.Warning);
        host.Database.IsDown = false;
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Tracker.FlushAsync();
        Assert.Equal(noted, await LastSeenAsync(session));
    }

    [Fact]
    public async Task CancelledFlush_IsTriedAgain()
    {
        await host.AddUserAsync(Role.User, "alice");
        var session = await host.LogInAsync("alice");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Tracker.Note(session);
        await Tracker.FlushAsync(new CancellationToken(canceled: true));
        await Tracker.FlushAsync();
        Assert.Equal(host.Now, await LastSeenAsync(session));
    }

    [Fact]
    public async Task Flush_NeverRevivesWhatWasEnded_NorGoesBackwards()
    {
        await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var session = (await host.SessionActorAsync(login.Secret))!;
        var made = (await host.Tokens.CreateAsync(session, new CreateTokenCommand { Name = "t" })).Require();
        var stays = await host.LogInAsync("alice");
        using var second = host.Second();
        var old = host.Now;
        host.Get<LastUse>().Note(stays);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        second.Get<LastUse>().Note(stays);
        await second.Get<LastUse>().FlushAsync();
        Tracker.Note(session);
        Tracker.Note((await host.TokenActorAsync(made.Secret))!);
        await host.Tokens.RevokeAsync(session, made.Token.Id);
        await host.Logins.LogOutAsync(session);

        await Tracker.FlushAsync();

        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.Null(await host.TokenActorAsync(made.Secret));
        Assert.NotEqual(old, await LastSeenAsync(stays));
        Assert.Equal(host.Now, await LastSeenAsync(stays));
    }

    [Fact]
    [Trait("Requirement", "V14.2.7")]
    public async Task Prune_RemovesWhatIsPastItsTime_AndNothingElse()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { SessionLifetimeHours = 1000 });
        var idle = await host.LogInAsync("alice");
        var expired = (
            await host.Tokens.CreateAsync(idle, new CreateTokenCommand { Name = "expired", ExpiresHours = 1 })).Require().Token.Id;
        var forever = (await host.Tokens.CreateAsync(idle, new CreateTokenCommand { Name = "forever" })).Require().Token.Id;
        var closed = (await host.Invitations.CreateAsync(Actor.Host,
            new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1, ExpiresHours = 1 })).Require().Invitation.Id;
        var code = (await host.UserCredentials.CreateResetCodeAsync(Actor.Host, user.Id)).Require();
        await host.Logins.LogInAsync("alice", "wrong", new ClientInfo(AuthHarness.Address));

        host.Clock.Advance(TimeSpan.FromHours(8) + TimeSpan.FromSeconds(1));
        var living = await host.LogInAsync("alice");
        await host.Get<Pruning>().PruneAsync();
        Assert.Equal(
            [living.CredentialId],
            (await host.Stores.Sessions.ListAsync(user.Id, host.Now, CancellationToken.None)).Select(s => (long?)s.Id));

        // Expired tokens, invitations and codes stay for thirty days.
        Assert.NotNull(await host.Stores.Tokens.FindAsync(expired, CancellationToken.None));
        Assert.NotNull(await host.Stores.Invitations.FindAsync(closed, CancellationToken.None));
        Assert.NotNull(await host.Stores.Codes.FindAsync(code.Secret.Hash(), CancellationToken.None));

        host.Clock.Advance(TimeSpan.FromDays(30));
        await host.Get<Pruning>().PruneAsync();
        Assert.NotNull(await host.Stores.Codes.FindAsync(code.Secret.Hash(), CancellationToken.None));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Get<Pruning>().PruneAsync();
        Assert.Null(await host.Stores.Tokens.FindAsync(expired, CancellationToken.None));
        Assert.Null(await host.Stores.Invitations.FindAsync(closed, CancellationToken.None));
        Assert.Null(await host.Stores.Codes.FindAsync(code.Secret.Hash(), CancellationToken.None));
        Assert.NotNull(await host.Stores.Tokens.FindAsync(forever, CancellationToken.None));
        Assert.Equal(0, await host.Stores.Throttle.PruneAsync(host.Now, CancellationToken.None));
        Assert.NotEmpty(await host.ReadAuditAsync());

        host.Clock.Advance(TimeSpan.FromDays(371));
        await host.Get<Pruning>().PruneAsync();
        Assert.Empty(await host.ReadAuditAsync());
    }

    [Fact]
    public async Task Prune_ZeroMeansForEver()
    {
        using var keeper = new AuthHarness(o =>
            (o.Retention.AuditEntries, o.SessionIdleTimeout, o.SessionLifetime) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(90)));
        var user = await keeper.AddUserAsync(Role.User, "alice");
        await keeper.LogInAsync("alice");
        keeper.Clock.Advance(TimeSpan.FromDays(89));
        await keeper.Get<Pruning>().PruneAsync();
        Assert.Single(await keeper.Stores.Sessions.ListAsync(user.Id, keeper.Now, CancellationToken.None));
        keeper.Clock.Advance(TimeSpan.FromDays(5000));
        await keeper.Get<Pruning>().PruneAsync();
        Assert.NotEmpty(await keeper.ReadAuditAsync());
    }

    private Func<int> CountVerbs()
    {
        var verbs = 0;
        host.Database.BeforeVerb = _ =>
        {
            verbs++;
            return Task.CompletedTask;
        };
        return () => verbs;
    }

    private async Task<Actor> TokenAsync(Actor session)
    {
        var made = (await host.Tokens.CreateAsync(session, new CreateTokenCommand { Name = "t" })).Require();
        return (await host.TokenActorAsync(made.Secret))!;
    }

    private async Task<DateTimeOffset> LastSeenAsync(Actor session)
    {
        host.Database.BeforeVerb = null;
        return (await host.Stores.Sessions.ListAsync(session.Id!.Value, host.Now, CancellationToken.None)).Single(
            s => s.Id == session.CredentialId).LastSeenAt;
    }
}
