using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>Each counter and histogram moves by what happened, and by nothing else.</summary>
public sealed class CounterTests
{
    [Fact]
    public async Task Logins_OfEveryEnd_AreCountedByIt()
    {
        using var host = new AuthHarness(o =>
        {
            o.Throttling.LoginFailuresPerMinute = 4;
            o.Throttling.LockoutThreshold = 1;
        });
        using var meter = new MeterRecorder(host);
        var user = await host.AddUserAsync(Role.User, "uma");
        await host.AddUserAsync(Role.User, "lock");
        await host.AddUserAsync(Role.User, "gone");
        var gone = (await host.Stores.Users.FindPasswordAsync("gone", CancellationToken.None))!.User;
        (await host.Users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = gone.Id, IsActive = false })).Require();
        await LogInAsync("uma", AuthHarness.Password);
        await LogInAsync("uma", "");
        await LogInAsync("gone", AuthHarness.Password);
        await LogInAsync("lock", "wrong");
        await LogInAsync("lock", AuthHarness.Password);
        await LogInAsync("nobody", "wrong");
        await LogInAsync("nobody", "wrong");
        await LogInAsync("nobody", "wrong");

        // From elsewhere: of this address it is known without the database.
        host.Database.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => host.Logins.LogInAsync("uma", AuthHarness.Password, new ClientInfo("192.0.2.99")));
        Assert.True(user.IsActive);

        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal)
            {
                ["success"] =
                    1, ["invalid"] = 1, ["disabled"] = 1, ["bad_credentials"] = 3, ["locked"] = 1, ["throttled"] = 1, ["error"] = 1,
            },
            meter.Counts(Instruments.Logins));

        Task<KohakuResult<LoginResult>> LogInAsync(string name, string password) => host.Logins.LogInAsync(
            name, password, new ClientInfo(AuthHarness.Address));
    }

    [Fact]
    public async Task Logins_WithAFullQueueOrSwitchedOff_AreCountedSo()
    {
        using var off = new AuthHarness(o => o.Enabled = false);
        using var offMeter = new MeterRecorder(off);
        await off.Logins.LogInAsync("uma", AuthHarness.Password, new ClientInfo());
        Assert.Equal(["off"], offMeter.Counts(Instruments.Logins).Keys);

        using var host = new AuthHarness(o => o.Passwords.HashingQueueLength = 0);
        using var meter = new MeterRecorder(host);
        for (var i = 0; i < 8; i++)
        {
            await host.AddUserAsync(Role.User, $"uma{i}");
        }

        using var release = new ManualResetEventSlim();
        using var arrived = new SemaphoreSlim(0);
        host.Hasher.OnVerify = () =>
        {
            arrived.Release();
            release.Wait(TimeSpan.FromSeconds(60));
        };

        // The harness has eight threads; once they are all busy there is no place left.
        var busy = Enumerable.Range(0, 8).Select(i => host.Logins.LogInAsync($"uma{i}", AuthHarness.Password, new ClientInfo())).ToList();
        for (var i = 0; i < busy.Count; i++)
        {
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(60)));
        }

        Assert.Equal(RefusalKind.Busy, (await host.Logins.LogInAsync("uma8", AuthHarness.Password, new ClientInfo())).Refusal?.Kind);
        Assert.Equal(new Dictionary<string, int>(StringComparer.Ordinal) { ["queue_full"] = 1 }, meter.Counts(Instruments.Logins));
        release.Set();
        await Task.WhenAll(busy);
        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal) { ["queue_full"] = 1, ["success"] = 8 }, meter.Counts(Instruments.Logins));
    }

    [Fact]
    public async Task Registrations_OfEveryEnd_AreCountedByIt()
    {
        using var host = new AuthHarness(o =>
        {
            o.Registration = RegistrationMode.Viewer;
            o.Throttling.OpenRegistrationsPerHour = 2;
        });
        await host.AddUserAsync(Role.Admin);
        using var meter = new MeterRecorder(host);
        await RegisterAsync("one", AuthHarness.Password);
        await RegisterAsync("two", "short");
        await RegisterAsync("one", AuthHarness.Password);
        await RegisterAsync("three", AuthHarness.Password, secret: "not the register secret of anybody at all");
        await RegisterAsync("four", AuthHarness.Password);
        await RegisterAsync("five", AuthHarness.Password);
        host.Database.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RegisterAsync("six", AuthHarness.Password, address: "192.0.2.99"));

        var counts = meter.Counts(Instruments.Registrations);
        Assert.Equal(7, counts.Values.Sum());
        Assert.Equal(["conflict", "error", "forbidden", "invalid", "success", "throttled"], counts.Keys.Order(StringComparer.Ordinal));

        Task<KohakuResult<LoginResult>> RegisterAsync(
            string name, string password, string? secret = null, string address = AuthHarness.Address) =>
            host.Registrations.RegisterAsync(new RegisterCommand
            {
                Username = name, Password = password, RegisterSecret = secret, Client = new ClientInfo(address),
            });
    }

    [Theory]
    [InlineData(1000, "hit")]
    [InlineData(0, "miss")]
    public async Task Authentications_AreCountedByKindCacheAndEnd(int cached, string second)
    {
        using var host = new AuthHarness(o =>
        {
            o.Limits.CachedCredentials = cached;

            // One that rested too long would be looked up again, since other instances may know of a later use.
            o.SessionIdleTimeout = TimeSpan.Zero;
        });
        using var meter = new MeterRecorder(host);
        var user = await host.AddUserAsync(Role.User, "uma");
        var login = (await host.Logins.LogInAsync("uma", AuthHarness.Password, new ClientInfo())).Require();

        // Before the checks: the stores in memory take every write for a change to what is kept.
        var token = (await host.Tokens.CreateAsync(TestActors.Of(user), new CreateTokenCommand { Name = "t" })).Require();
        await host.SessionActorAsync(login.Secret);
        await host.SessionActorAsync(login.Secret);
        await host.TokenActorAsync(token.Secret);
        await host.TokenActorAsync(token.Secret);
        await host.TokenActorAsync(SecretGenerator.Create(SecretKind.ApiToken));
        await host.Credentials.FindSessionActorAsync("no secret at all", null);
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.SessionActorAsync(login.Secret);
        host.Database.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.TokenActorAsync(token.Secret).AsTask());

        var expected = new[]
        {
            "session|miss|success", $"session|{second}|success", "token|miss|success", $"token|{second}|success", "token|miss|rejected",
                "session|none|rejected",
            $"session|{second}|rejected", "token|none|error",
        };
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            meter.Counts(Instruments.Authentications).SelectMany(c => Enumerable.Repeat(c.Key, c.Value)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Authentications_ByMasterSecret_AreCountedByEnd()
    {
        const string secret = "the master secret of these tests only";
        using var host = new AuthHarness(o =>
        {
            o.AdminSecret = secret;
            o.Throttling.MasterSecretFailuresPerMinute = 1;
        });
        using var meter = new MeterRecorder(host);
        await host.Credentials.CheckMasterSecretAsync(secret, AuthHarness.Address);
        await host.Credentials.CheckMasterSecretAsync("wrong", AuthHarness.Address);
        await host.Credentials.CheckMasterSecretAsync("wrong", AuthHarness.Address);
        await host.Credentials.CheckMasterSecretAsync(secret, AuthHarness.Address);

        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal)
            {
                ["master_secret|none|success"] = 1, ["master_secret|none|rejected"] = 1, ["master_secret|none|throttled"] = 2,
            },
            meter.Counts(Instruments.Authentications));
    }

    [Fact]
    public async Task Hashing_IsTimedByItself_AndByOperation()
    {
        using var host = new AuthHarness();
        using var meter = new MeterRecorder(host);
        await host.AddUserAsync(Role.User, "uma", FastHasher.OldHash(AuthHarness.Password));
        host.Hasher.OnVerify = () => host.Clock.Advance(TimeSpan.FromMilliseconds(250));
        (await host.Logins.LogInAsync("uma", AuthHarness.Password, new ClientInfo())).Require();

        // The old hash is verified in a quarter of a second and renewed in none.
        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal) { ["verify"] = 1, ["hash"] = 1 }, meter.Counts(Instruments.HashDuration));
        Assert.Equal([0.25, 0], meter.Values(Instruments.HashDuration));
        Assert.Equal([0.0], meter.Values(Instruments.HashWait));
    }

    [Fact]
    public async Task Hashing_ThatHadToWait_TellsHowLongAndHowMany()
    {
        using var host = new AuthHarness(realHashing: true);
        var figures = host.Get<MetricsSampler>();
        using var meter = new MeterRecorder(host);
        var hashing = host.Get<HashingQueue>();
        using var place = hashing.TryAdmit(default)!;
        using var other = hashing.TryAdmit(default)!;
        var first = await hashing.EnterAsync(place, CancellationToken.None);
        var second = hashing.EnterAsync(other, CancellationToken.None);
        Assert.Equal(1, meter.Collect(Instruments.HashQueue));
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        first.Dispose();
        (await second).Dispose();

        Assert.Equal([0.0, 3.0], meter.Values(Instruments.HashWait));
        Assert.Equal(0, meter.Collect(Instruments.HashQueue));
        GC.KeepAlive(figures);
    }

    [Fact]
    public async Task Decisions_AndTheirDeliveries_AreCounted()
    {
        var scheduler = new ScriptedScheduler();
        using var host = new AuthHarness(build: b =>
        {
            b.Services.AddSingleton(scheduler);
            b.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
        });
        using var meter = new MeterRecorder(host);
        var submitter = await host.RealAsync(TestActors.User());
        foreach (var id in new[] { "t1", "t2", "t3" })
        {
            (await host.Approvals.SubmitAsync(submitter, MatrixWorld.NewTask(id))).Require();
        }

        (await host.Approvals.ApproveAsync(TestActors.Operator(), "t1")).Require();
        scheduler.Behaviour = (_, _) => throw new InvalidOperationException("busy");
        (await host.Approvals.RejectAsync(TestActors.Operator(), "t2", null)).Require();
        scheduler.Behaviour = null;
        (await host.Approvals.WithdrawAsync(submitter, "t3")).Require();
        Assert.False((await host.Approvals.ApproveAsync(TestActors.Operator(), "t1")).IsSuccess);

        Assert.Equal(
            new Dictionary<string, int>(StringComparer.Ordinal) { ["approved"] = 1, ["rejected"] = 1, ["withdrawn"] = 1 },
            meter.Counts(Instruments.ApprovalsDecided));
        Assert.Equal(
            new Dictionary<string, int>(
                StringComparer.Ordinal) { ["approved|success"] = 1, ["rejected|failure"] = 1, ["withdrawn|success"] = 1 },
            meter.Counts(Instruments.DeliveryAttempts));
    }

    [Fact]
    public async Task Delivery_ThatTakesTooLong_IsCountedAsATimeout()
    {
        var scheduler = new ScriptedScheduler();
        using var host = new AuthHarness(build: b =>
        {
            b.Services.AddSingleton(scheduler);
            b.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
        });
        using var meter = new MeterRecorder(host);
        var called = new TaskCompletionSource();
        scheduler.Behaviour = (_, cancellationToken) =>
        {
            called.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        };
        var submitting = host.Approvals.SubmitAsync(TestActors.Operator(), MatrixWorld.NewTask("slow"));
        await called.Task.WaitAsync(TimeSpan.FromSeconds(60));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await submitting.WaitAsync(TimeSpan.FromSeconds(60))).Require();

        Assert.Equal(["approved|timeout"], meter.Counts(Instruments.DeliveryAttempts).Keys);
    }

    [Fact]
    public async Task AuditEntries_ThatAreNotWritten_AreCounted()
    {
        using var host = new AuthHarness();
        using var meter = new MeterRecorder(host);
        for (var i = 0; i < 62; i++)
        {
            await host.Audit.RecordRefusalAsync(TestActors.User(), "some.action");
        }

        host.Database.IsDown = true;
        await host.Audit.RecordRefusalAsync(TestActors.User(), "other.action");
        Assert.Equal(
            new Dictionary<string,
            int>(StringComparer.Ordinal) { ["rate_limited"] = 2, ["error"] = 1 },
            meter.Counts(Instruments.AuditUnwritten));
    }

    [Fact]
    public async Task Figures_OfAnotherHostInTheProcess_AreNotMixedIn()
    {
        using var one = new AuthHarness();
        using var two = one.Second();
        using var meter = new MeterRecorder(one);
        await two.Logins.LogInAsync("nobody", "wrong", new ClientInfo());
        Assert.Empty(meter.Counts(Instruments.Logins));
        await one.Logins.LogInAsync("nobody", "wrong", new ClientInfo());
        Assert.Equal(["bad_credentials"], meter.Counts(Instruments.Logins).Keys);
    }
}
