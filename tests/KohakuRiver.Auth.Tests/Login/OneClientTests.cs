using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

/// <summary>What one client can take from the others' logins: neither the database nor the hashing threads.</summary>
public sealed class OneClientTests
{
    private const string Elsewhere = "198.51.100.9";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task LogIn_MinuteUsedUp_IsRefusedFromMemoryAndTakesNoPlace()
    {
        // No thread and no place is free, and the database is away: whoever still is told 429 was refused before all of them.
        using var host = new AuthHarness(o => (o.Passwords.HashingQueueLength, o.Throttling.LoginFailuresPerMinute) = (0, 3));
        await FailAsync(host, 3);
        ResultAssert.Refused(RefusalKind.Throttled, await LogInAsync(host, "alice", AuthHarness.Address));
        await using var flood = await Flood.StartAsync(host, 8, i => ($"n{i}", $"203.0.113.{i}"));
        host.Database.IsDown = true;
        for (var i = 0; i < 200; i++)
        {
            var refusal = ResultAssert.Refused(RefusalKind.Throttled, await LogInAsync(host, "alice", AuthHarness.Address));
            Assert.Equal(TimeSpan.FromMinutes(1), refusal.RetryAfter);
        }

        ResultAssert.Refused(RefusalKind.Busy, await LogInAsync(host, "alice", Elsewhere));
        host.Database.IsDown = false;
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task LogIn_MinuteUsedUp_AsksTheStoreOnceASecond()
    {
        using var host = new AuthHarness(o => o.Throttling.LoginFailuresPerMinute = 3);
        await FailAsync(host, 3);
        var verbs = 0;
        host.Database.BeforeVerb = _ =>
        {
            Interlocked.Increment(ref verbs);
            return Task.CompletedTask;
        };
        for (var second = 0; second < 30; second++)
        {
            for (var i = 0; i < 20; i++)
            {
                ResultAssert.Refused(RefusalKind.Throttled, await LogInAsync(host, "alice", AuthHarness.Address));
            }

            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // Each second the counter and whether the entry was written; the entry itself once.
        Assert.Equal((30 * 2) + 1, verbs);
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task LogIn_AttemptGivenBack_OpensTheAddressAtOnce()
    {
        using var host = new AuthHarness(o => o.Throttling.LoginFailuresPerMinute = 1);
        await host.AddUserAsync(Role.User, "alice");
        await using (var flood = await Flood.StartAsync(host, 1, _ => ("alice", AuthHarness.Address)))
        {
            ResultAssert.Refused(RefusalKind.Throttled, await LogInAsync(host, "alice", AuthHarness.Address));
            await flood.EndAsync();
            Assert.All(flood.Answers, a => Assert.True(a.IsSuccess));
        }

        Assert.True((await LogInAsync(host, "alice", AuthHarness.Address)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task LogIn_ClockSetBack_IsNotShutOutForLonger()
    {
        using var host = new AuthHarness(o => o.Throttling.LoginFailuresPerMinute = 1);
        await host.AddUserAsync(Role.User, "alice");
        await FailAsync(host, 1);
        ResultAssert.Refused(RefusalKind.Throttled, await LogInAsync(host, "alice", AuthHarness.Address));
        host.Clock.SetWallClock(host.Now.AddHours(-1));
        Assert.True((await LogInAsync(host, "alice", AuthHarness.Address)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task LogIn_WhileOneAddressFloods_OthersGetThrough()
    {
        using var host = new AuthHarness(o => o.Passwords.HashingQueueLength = 32);
        await host.AddUserAsync(Role.User, "alice");

        // Forty places, ten for one address: eight hash, two wait, the others are refused at once.
        await using var flood = await Flood.StartAsync(host, 8, i => ($"n{i % 40}", AuthHarness.Address), tries: 200);
        Assert.Equal(190, flood.Refused);
        var others = Enumerable.Range(0, 10).Select(i => LogInAsync(host, "alice", $"198.51.100.{i}")).ToList();
        await flood.EndAsync();
        Assert.All(await Task.WhenAll(others).WaitAsync(Bound), o => Assert.True(o.IsSuccess));
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task LogIn_ViewerWithFortyConnections_LeavesOthersTheirPlaces()
    {
        using var host = new AuthHarness(o => o.Passwords.HashingQueueLength = 32);
        await host.AddUserAsync(Role.Viewer, "viewer");
        await host.AddUserAsync(Role.User, "alice");
        await using var flood = await Flood.StartAsync(host, 5, _ => ("VIEWER", AuthHarness.Address), tries: 40);
        Assert.Equal(35, flood.Refused);

        // Another address may still log in as the viewer, and the viewer's address as somebody else.
        var others = new[]
        {
            LogInAsync(host, "viewer", Elsewhere), LogInAsync(host, "alice", AuthHarness.Address), LogInAsync(host, "alice", Elsewhere),
        };
        await flood.EndAsync();
        Assert.All(await Task.WhenAll(others).WaitAsync(Bound), o => Assert.True(o.IsSuccess));
    }

    [Theory]
    [InlineData("login")]
    [InlineData("change")]
    [InlineData("confirm")]
    [InlineData("register")]
    [InlineData("reset")]
    [InlineData("set")]
    [InlineData("create")]
    [Trait("Requirement", "B9")]
    public async Task EveryPathThatHashes_BeyondItsShare_IsBusyAndOthersGoOn(string path)
    {
        using var host = new AuthHarness(o => o.Passwords.HashingQueueLength = 0);
        var act = await PathAsync(host, path, AuthHarness.Address);
        var elsewhere = await PathAsync(host, path, Elsewhere);

        // Eight places, two for an address: both are taken.
        await using (var flood = await Flood.StartAsync(host, 2, i => ($"n{i}", AuthHarness.Address)))
        {
            Assert.Equal(RefusalKind.Busy, (await act()).Refusal?.Kind);
            Assert.Null((await elsewhere()).Refusal);
        }

        Assert.Null((await act()).Refusal);
    }

    [Theory]
    [InlineData("login")]
    [InlineData("change")]
    [InlineData("confirm")]
    [InlineData("register")]
    [InlineData("reset")]
    [Trait("Requirement", "B5")]
    public async Task RightPasswords_BeyondTheLimit_AreThrottledAndNoFailure(string path)
    {
        using var host = new AuthHarness(o => o.Throttling.LoginsPerMinute = 4);
        var act = await PathAsync(host, path, AuthHarness.Address);
        var elsewhere = await PathAsync(host, path, Elsewhere);
        while (await host.Stores.Throttle.TryTakeAsync($"logins:{AuthHarness.Address}", Minute(host), 3, CancellationToken.None))
        {
        }

        Assert.Null((await act()).Refusal);
        Assert.Equal(RefusalKind.Throttled, (await act()).Refusal?.Kind);
        Assert.Equal(RefusalKind.Throttled, (await act()).Refusal?.Kind);
        Assert.Null((await elsewhere()).Refusal);
        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.Throttled));
        Assert.Equal("more than 4 a minute: logins", entry.Detail);
        Assert.All(
            (await host.Users.ListAsync(Actor.Host, new UserQuery { Page = new PageRequest(50) })).Require().Items,
            u => Assert.Equal((0, null), (u.User.FailedLogins, u.User.LockedUntil)));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await act()).Refusal);
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task RightPasswords_DefaultLimit_IsSixHundred()
    {
        using var host = new AuthHarness();
        await host.AddUserAsync(Role.User, "alice");
        for (var i = 0; i < 600; i++)
        {
            Assert.True((await LogInAsync(host, "alice", AuthHarness.Address)).IsSuccess);
        }

        ResultAssert.Refused(RefusalKind.Throttled, await LogInAsync(host, "alice", AuthHarness.Address));
        Assert.True((await LogInAsync(host, "alice", Elsewhere)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task RightPassword_OfADisabledAccount_CountsToo()
    {
        using var host = new AuthHarness(o => o.Throttling.LoginsPerMinute = 2);
        var user = await host.AddUserAsync(Role.User, "alice");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = false });
        ResultAssert.Refused(RefusalKind.Forbidden, await LogInAsync(host, "alice", AuthHarness.Address));
        ResultAssert.Refused(RefusalKind.Forbidden, await LogInAsync(host, "alice", AuthHarness.Address));
        ResultAssert.Refused(RefusalKind.Throttled, await LogInAsync(host, "alice", AuthHarness.Address));
    }

    private static DateTimeOffset Minute(AuthHarness host) =>
        new(host.Now.UtcTicks - (host.Now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static Task<KohakuResult<LoginResult>> LogInAsync(AuthHarness host, string name, string address) =>
        host.Logins.LogInAsync(name, AuthHarness.Password, new ClientInfo(address));

    private static async Task FailAsync(AuthHarness host, int times)
    {
        for (var i = 0; i < times; i++)
        {
            ResultAssert.Refused(RefusalKind.Unauthenticated, await LogInAsync(host, "nobody", AuthHarness.Address));
        }
    }

    /// <summary>One way to have a password hashed, from an address, as often as wanted.</summary>
    private static async Task<Func<Task<(Refusal? Refusal, bool Done)>>> PathAsync(AuthHarness host, string path, string address)
    {
        var name = $"{path}-{address.Replace('.', '-')}";
        var client = new ClientInfo(address);
        var user = await host.AddUserAsync(Role.User, name);
        var admin = (await host.RealAsync(Testing.TestActors.Admin())) with { Address = address };
        var login = (await host.Logins.LogInAsync(name, AuthHarness.Password, new ClientInfo())).Require();
        var actor = (await host.Credentials.FindSessionActorAsync(login.Secret.Reveal(), address))!;
        var invitation = (await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 100 }))
            .Require().Secret
            .Reveal();
        var tries = 0;
        return path switch
        {
            "login" => async () => Of(await host.Logins.LogInAsync(name, AuthHarness.Password, client)),
            // The same one again is refused, so that the next try is right too; but only after it was verified, which is what costs.
            "change" => async () =>
                (await host.Account.ChangePasswordAsync(actor, AuthHarness.Password, AuthHarness.Password)).Refusal is { } why
                && why.Errors?.ContainsKey("NewPassword") != true ? (why, false) : (null, true),
            "confirm" => async () => Of(await host.Account.ConfirmPasswordAsync(actor, AuthHarness.Password)),
            "register" => async () => Of(await host.Registrations.RegisterAsync(new RegisterCommand
            {
                Username = $"{path}{Interlocked.Increment(ref tries)}-{address[^1]}", Password = AuthHarness.Password,
                InvitationCode = invitation, Client = client,
            })),
            "reset" => async () => Of(await host.Account.ResetPasswordAsync(
                (await host.UserCredentials.CreateResetCodeAsync(Actor.Host, user.Id)).Require().Secret.Reveal(),
                AuthHarness.Password,
                client)),
            "set" => async () => Of(await host.Users.SetPasswordAsync(admin, user.Id, AuthHarness.OtherPassword)),
            "create" => async () => Of(await host.Users.CreateAsync(admin, new CreateUserCommand
            {
                Username = $"{path}{Interlocked.Increment(ref tries)}-{address[^1]}", Password = AuthHarness.Password, Role = Role.User,
            })),
            _ => throw new ArgumentOutOfRangeException(nameof(path)),
        };

        static (Refusal? Refusal, bool Done) Of(KohakuResult outcome) => (outcome.Refusal, outcome.IsSuccess);
    }

    /// <summary>
    /// Logins that hold their places until the end: those that got a thread are verifying, the others wait or were refused.
    /// </summary>
    private sealed class Flood : IAsyncDisposable
    {
        private readonly ManualResetEventSlim release = new();
        private readonly AuthHarness host;
        private List<Task<KohakuResult<LoginResult>>> logins = [];

        private Flood(AuthHarness host) => this.host = host;

        internal int Refused { get; private set; }

        internal IReadOnlyList<KohakuResult<LoginResult>> Answers { get; private set; } = [];

        /// <summary>Comes back once so many hash, and, where more were tried, all others wait or are refused.</summary>
        internal static async Task<Flood> StartAsync(
            AuthHarness host, int hashing, Func<int, (string Name, string Address)> who, int? tries = null)
        {
            var flood = new Flood(host);
            using var arrived = new SemaphoreSlim(0);
            var held = 0;
            host.Hasher.OnHash = () =>
            {
                if (Interlocked.Increment(ref held) <= hashing)
                {
                    arrived.Release();
                    flood.release.Wait(Bound);
                }
            };
            flood.logins = [.. Enumerable.Range(0, tries ?? hashing).Select(i => LogInAsync(host, who(i).Name, who(i).Address))];
            for (var i = 0; i < hashing; i++)
            {
                Assert.True(await arrived.WaitAsync(Bound));
            }

            // Everything before the hash is done at once here, so whoever is through by now was refused.
            flood.Refused = flood.logins.Count(l => l.IsCompleted && l.Result.Refusal?.Kind == RefusalKind.Busy);
            return flood;
        }

        internal async Task EndAsync()
        {
            release.Set();
            Answers = await Task.WhenAll(logins).WaitAsync(Bound);
        }

        public async ValueTask DisposeAsync()
        {
            await EndAsync();
            host.Hasher.OnHash = null;
            release.Dispose();
        }
    }
}
