using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace KohakuRiver.Auth.Tests;

public sealed class CredentialTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.3.2")]
    public async Task Session_DiesAtItsExpiryExactly()
    {
        await host.AddUserAsync(Role.User, "alice");
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { SessionIdleHours = 0 });
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();

        host.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMicroseconds(1));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        host.Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Null(await host.SessionActorAsync(login.Secret));
    }

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.3.1")]
    public async Task Session_Unused_DiesAfterTheIdleTimeout()
    {
        await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var tracker = host.Get<LastUse>();

        host.Clock.Advance(TimeSpan.FromHours(7));
        tracker.Note((await host.SessionActorAsync(login.Secret))!);
        await tracker.FlushAsync();
        host.Clock.Advance(TimeSpan.FromHours(7));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        host.Clock.Advance(TimeSpan.FromHours(1));

        // Looking is no activity.
        Assert.Null(await host.SessionActorAsync(login.Secret));
    }

    [Fact]
    [Trait("Requirement", "S1"), Trait("Requirement", "V9.2.2")]
    public async Task Secrets_WorkOnlyAsWhatTheyAre()
    {
        await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (
            await host.Tokens.CreateAsync((await host.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "t" })).Require();
        var unknown = SecretGenerator.Create(SecretKind.Session).Reveal();
        var verbs = 0;
        host.Database.BeforeVerb = _ =>
        {
            verbs++;
            return Task.CompletedTask;
        };

        Assert.Null(await host.Credentials.FindTokenActorAsync(login.Secret.Reveal(), null));
        Assert.Null(await host.Credentials.FindSessionActorAsync(token.Secret.Reveal(), null));
        Assert.Null(await host.Credentials.FindSessionActorAsync("garbage", null));
        Assert.Equal(0, verbs);
        Assert.Null(await host.Credentials.FindSessionActorAsync(unknown, null));
        Assert.Equal(1, verbs);
    }

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.4.2"), Trait("Requirement", "Known_Rancher2023")]
    public async Task DisabledUser_SessionsEndForGood_TokensSleep()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (
            await host.Tokens.CreateAsync((await host.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "t" })).Require();

        await host.Users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = user.Id, IsActive = false });
        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.Null(await host.TokenActorAsync(token.Secret));

        await host.Users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = user.Id, IsActive = true });
        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.NotNull(await host.TokenActorAsync(token.Secret));
    }

    [Fact]
    [Trait("Requirement", "V8.3.2")]
    public async Task RoleAndGroups_AreAsTheAccountIsNow()
    {
        var user = await host.AddUserAsync(Role.Admin, "alice");
        await host.AddUserAsync(Role.Admin, "other");
        var group = await host.AddGroupAsync("g");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (
            await host.Tokens.CreateAsync((await host.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "t" })).Require();

        await host.Users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = user.Id, Role = Role.Viewer, GroupIds = [group] });

        foreach (var actor in new[] { await host.SessionActorAsync(login.Secret), await host.TokenActorAsync(token.Secret) })
        {
            Assert.Equal(Role.Viewer, actor!.Role);
            Assert.Equal([group], actor.GroupIds);
        }
    }

    [Fact]
    [Trait("Requirement", "S4"), Trait("Requirement", "Known_KohakuRiverReusedIds")]
    public async Task DeletedAndRecreatedName_InheritsNothing()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (
            await host.Tokens.CreateAsync((await host.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "t" })).Require();
        await host.Vps.AssignAsync(Actor.Host, "vps1", [user.Id], []);

        await host.Users.DeleteAsync(Actor.Host, user.Id);
        var again = await host.AddUserAsync(Role.User, "alice");

        Assert.NotEqual(user.Id, again.Id);
        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.Null(await host.TokenActorAsync(token.Secret));
        Assert.False((await host.Vps.CanUseAsync(TestActors.Of(again), "vps1")).IsAllowed);
    }

    [Fact]
    public async Task CacheOff_ByOptionOrForeignStore_LooksUpEachTime()
    {
        using var off = new AuthHarness(o => o.Limits.CachedCredentials = 0);
        using var foreign = new AuthHarness(
            build: b => b.Services.AddSingleton<ITokenStore>(sp => Wrapped(sp.GetRequiredService<KohakuStoreSet>().Tokens)));
        using var usual = new AuthHarness();

        Assert.Equal(3, await VerbsOfThreeUsesAsync(off));
        Assert.Equal(3, await VerbsOfThreeUsesAsync(foreign));
        Assert.Equal(0, await VerbsOfThreeUsesAsync(usual));
    }

    private static async Task<int> VerbsOfThreeUsesAsync(AuthHarness harness)
    {
        await harness.AddUserAsync(Role.User, "alice");
        var login = (await harness.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (await harness.Tokens
            .CreateAsync((await harness.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "t" })).Require();
        for (var i = 0; i < 2; i++)
        {
            Assert.NotNull(await harness.TokenActorAsync(token.Secret));
        }

        var verbs = 0;
        harness.Database.BeforeVerb = _ =>
        {
            verbs++;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(await harness.TokenActorAsync(token.Secret));
        }

        return verbs;
    }

    private static ITokenStore Wrapped(ITokenStore real)
    {
        var wrapped = Substitute.For<ITokenStore>();
        wrapped.TransactionDomain.Returns(real.TransactionDomain);
        wrapped.FindAsync(Arg.Any<SecretHash>(), Arg.Any<CancellationToken>())
            .Returns(c => real.FindAsync(c.Arg<SecretHash>(), c.Arg<CancellationToken>()));
        wrapped.TryCreateAsync(Arg.Any<NewToken>(), Arg.Any<AuthorizedWrite>(), Arg.Any<CancellationToken>())
            .Returns(c => real.TryCreateAsync(c.Arg<NewToken>(), c.Arg<AuthorizedWrite>(), c.Arg<CancellationToken>()));
        return wrapped;
    }
}
