namespace KohakuRiver.Auth.Tests;

public sealed class LoginThrottleTests : IDisposable
{
    private readonly AuthHarness host = new(o => o.Throttling.LockoutThreshold = 1_000_000);

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:0DB8:0000:0001::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("fe80::1%3", "fe80::2%4", true)]
    [Trait("Requirement", "B5"), Trait("Requirement", "V6.3.1")]
    public async Task LogIn_SixtyFailuresFromOneAddress_RefuseTheNextFromThatBucket(string first, string second, bool sameBucket)
    {
        await host.AddUserAsync(Role.User, "alice");
        await FailAsync(first, 60);

        var next = await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(second));

        Assert.Equal(!sameBucket, next.IsSuccess);
        if (sameBucket)
        {
            Assert.Equal(TimeSpan.FromMinutes(1), ResultAssert.Refused(RefusalKind.Throttled, next).RetryAfter);
        }
    }

    [Fact]
    [Trait("Requirement", "V2.4.1"), Trait("Requirement", "B5")]
    public async Task LogIn_NextMinute_PassesAgain()
    {
        await host.AddUserAsync(Role.User, "alice");
        await FailAsync(AuthHarness.Address, 60);
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        var late = ResultAssert.Refused(
            RefusalKind.Throttled, await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(AuthHarness.Address)));
        Assert.Equal(TimeSpan.FromSeconds(1), late.RetryAfter);

        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task LogIn_RightPasswords_CountForNoFailure()
    {
        await host.AddUserAsync(Role.User, "alice");
        await FailAsync(AuthHarness.Address, 59);
        for (var i = 0; i < 100; i++)
        {
            Assert.True((await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).IsSuccess);
        }

        await FailAsync(AuthHarness.Address, 1);
        ResultAssert.Refused(RefusalKind.Throttled, await host.Logins.LogInAsync("alice", "wrong", new ClientInfo(AuthHarness.Address)));
    }

    [Fact]
    [Trait("Requirement", "B5"), Trait("Requirement", "V6.3.1"), Trait("Requirement", "Known_Keycloak2024")]
    public async Task LogIn_ParallelFailures_CannotPassTheLimitTogether()
    {
        await host.AddUserAsync(Role.User, "alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(i => Task.Run(
                () => host.Logins.LogInAsync(i % 2 == 0 ? "alice" : "nobody", "wrong", new ClientInfo(AuthHarness.Address)))));

        Assert.Equal(60, answers.Count(a => a.Refusal!.Kind == RefusalKind.Unauthenticated));
        Assert.Equal(140, answers.Count(a => a.Refusal!.Kind == RefusalKind.Throttled));
        Assert.Equal(60, host.Hasher.Verifications);
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task LogIn_SecondInstance_SharesTheCounter()
    {
        await FailAsync(AuthHarness.Address, 60);
        using var second = host.Second();
        ResultAssert.Refused(
            RefusalKind.Throttled, await second.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(AuthHarness.Address)));
    }

    [Fact]
    [Trait("Requirement", "V16.3.3")]
    public async Task LogIn_ThrottledFlood_WritesOneEntryAMinute()
    {
        await FailAsync(AuthHarness.Address, 60);
        for (var i = 0; i < 50; i++)
        {
            await host.Logins.LogInAsync("alice", "wrong", new ClientInfo(AuthHarness.Address));
        }

        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.Throttled));
        Assert.Equal((AuditOutcome.Refused, AuthHarness.Address), (entry.Outcome, entry.IpAddress));
        Assert.Equal(60, (await host.ReadAuditAsync(AuditActions.Login)).Count);
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task Buckets_AreSeparate()
    {
        await host.AddUserAsync(Role.User, "alice");
        await FailAsync(AuthHarness.Address, 60);

        ResultAssert.Faulty("InvitationCode", await host.Registrations.RegisterAsync(new RegisterCommand
        {
            Username = "bob", Password = AuthHarness.Password, InvitationCode = "no", Client = new ClientInfo(AuthHarness.Address),
        }));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Credentials.CheckMasterSecretAsync("wrong", AuthHarness.Address));
    }

    [Fact]
    [Trait("Requirement", "B7")]
    public async Task LogIn_FullHashingQueue_IsBusyAndCountsNothing()
    {
        using var small = new AuthHarness(o => o.Passwords.HashingQueueLength = 0);
        var user = await small.AddUserAsync(Role.User, "alice");
        for (var i = 0; i < 8; i++)
        {
            await small.AddUserAsync(Role.User, $"alice{i}");
        }

        using var release = new ManualResetEventSlim();
        using var running = new CountdownEvent(8);
        small.Hasher.OnVerify = () =>
        {
            running.Signal();
            release.Wait(TimeSpan.FromSeconds(20));
        };
        var slow = Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () => small.Logins.LogInAsync($"alice{i}", AuthHarness.Password, new ClientInfo()),
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()).ToList();
        Assert.True(running.Wait(TimeSpan.FromSeconds(20)));
        var counted = (await small.ReadUserAsync(user.Id)).FailedLogins;

        for (var i = 0; i < 100; i++)
        {
            var busy = ResultAssert.Refused(
                RefusalKind.Busy, await small.Logins.LogInAsync("alice", "wrong", new ClientInfo(AuthHarness.Address)));
            Assert.Equal(TimeSpan.FromSeconds(1), busy.RetryAfter);
        }

        Assert.Equal(counted, (await small.ReadUserAsync(user.Id)).FailedLogins);
        release.Set();
        Assert.All(await Task.WhenAll(slow), l => Assert.True(l.IsSuccess));
    }

    private async Task FailAsync(string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("nobody", "wrong", new ClientInfo(address)));
        }
    }
}
