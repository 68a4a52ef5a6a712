using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class LockoutTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "B4"), Trait("Requirement", "V6.3.1")]
    public async Task HundredFailures_LockTheAccount_PausesDoubleToAnHour()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        await FailAsync(99);
        Assert.Null((await host.ReadUserAsync(user.Id)).LockedUntil);
        await FailAsync(1);

        foreach (var seconds in new[] { 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600 })
        {
            var pause = TimeSpan.FromSeconds(seconds);
            Assert.Equal(host.Now + pause, (await host.ReadUserAsync(user.Id)).LockedUntil);

            // Within the pause not even the right password helps, and nothing is counted.
            host.Clock.Advance(pause - TimeSpan.FromMilliseconds(1));
            Assert.False(await TryAsync(AuthHarness.Password));
            Assert.False(await TryAsync("wrong"));

            // Then there is one try.
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.False(await TryAsync("wrong"));
            Assert.False(await TryAsync(AuthHarness.Password));
        }

        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await TryAsync(AuthHarness.Password));
        var after = await host.ReadUserAsync(user.Id);
        Assert.Equal((0, null), (after.FailedLogins, after.LockedUntil));
    }

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task Success_SetsTheCountBack()
    {
        await host.AddUserAsync(Role.User, "alice");
        for (var round = 0; round < 3; round++)
        {
            await FailAsync(99);
            Assert.True(await TryAsync(AuthHarness.Password));
        }
    }

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task LockedAccount_OthersAndLiveCredentialsGoOn()
    {
        await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.User, "bob");
        var session = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (await host.Tokens.CreateAsync((await host.SessionActorAsync(session.Secret))!, new CreateTokenCommand { Name = "t" }))
            .Require();

        await FailAsync(100);

        Assert.NotNull(await host.SessionActorAsync(session.Secret));
        Assert.NotNull(await host.TokenActorAsync(token.Secret));
        Assert.True((await host.Logins.LogInAsync("bob", AuthHarness.Password, new ClientInfo())).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task Unlock_ByAdmin_LetsInAtOnce()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        await FailAsync(100);

        Assert.True((await host.Users.UnlockAsync(TestActors.Admin(), user.Id)).IsSuccess);

        Assert.Equal(0, (await host.ReadUserAsync(user.Id)).FailedLogins);
        Assert.True(await TryAsync(AuthHarness.Password));
    }

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task SetPasswordAndReset_Unlock()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        await FailAsync(100);
        await host.Users.SetPasswordAsync(TestActors.Admin(), user.Id, AuthHarness.OtherPassword);
        Assert.True(await TryAsync(AuthHarness.OtherPassword));

        await FailAsync(100);
        var code = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();
        await host.Account.ResetPasswordAsync(code.Secret.Reveal(), AuthHarness.Password, new ClientInfo());
        Assert.True(await TryAsync(AuthHarness.Password));
    }

    [Fact]
    [Trait("Requirement", "B4"), Trait("Requirement", "V6.3.1"), Trait("Requirement", "Known_Keycloak2024")]
    public async Task ParallelGuesses_CannotPassTheLimitTogether()
    {
        await host.AddUserAsync(Role.User, "alice");
        await FailAsync(90);
        var before = host.Hasher.Verifications;
        var judged = 0;
        host.Hasher.OnVerify = () => Interlocked.Increment(ref judged);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => TryAsync("wrong"))));

        // Ten were looked at, ninety met the lock; all cost the same.
        Assert.Equal(10, judged);
        Assert.Equal(100, host.Hasher.Verifications - before);
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await TryAsync("wrong");
        }
    }

    private async Task<bool> TryAsync(string password)
    {
        var outcome = await host.Logins.LogInAsync("alice", password, new ClientInfo());
        if (!outcome.IsSuccess)
        {
            ResultAssert.Refused(RefusalKind.Unauthenticated, outcome);
        }

        return outcome.IsSuccess;
    }
}
