using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

public sealed class LoginTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task LogIn_RightPassword_MakesSessionThatWorks()
    {
        var user = await host.AddUserAsync(Role.User, "Alice");

        var login = (await host.Logins.LogInAsync("aLICE", AuthHarness.Password, new ClientInfo(AuthHarness.Address, "Browser"))).Require();

        Assert.Equal(user.Id, login.User.User.Id);
        Assert.Equal(host.Now, login.User.User.LastLoginAt);
        Assert.Equal(host.Now + TimeSpan.FromHours(24), login.Session.ExpiresAt);
        Assert.Equal(("Browser", AuthHarness.Address), (login.Session.UserAgent, login.Session.IpAddress));
        var actor = await host.SessionActorAsync(login.Secret);
        Assert.Equal(
            (user.Id, "Alice", Role.User, ActorKind.Session, login.Session.Id),
            (actor!.Id, actor.Username, actor.Role, actor.Kind, actor.CredentialId));
    }

    [Fact]
    [Trait("Requirement", "B4"), Trait("Requirement", "B6"), Trait("Requirement", "V6.3.8"), Trait("Requirement", "Known_DjangoTiming")]
    public async Task LogIn_UnknownWrongAndLocked_AnswerAlikeAtTheSameCost()
    {
        await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.User, "locked");
        var disabled = await host.AddUserAsync(Role.User, "disabled");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = disabled.Id, IsActive = false });
        for (var i = 0; i < 100; i++)
        {
            await host.Logins.LogInAsync("locked", "wrong", new ClientInfo());
        }

        var answers = new List<Refusal>();
        foreach (var (name, password) in new[]
        {
            (
                "nobody",
                AuthHarness.Password), ("alice", "wrong"), ("locked", AuthHarness.Password), ("locked", "wrong"), ("disabled", "wrong"),
            ("_system", AuthHarness.Password), (
                "no such form!", AuthHarness.Password), (new string('x', 100_000), "wrong"), ("alice", new string('x', 100_000)),
        })
        {
            var before = host.Hasher.Verifications;
            answers.Add(ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync(name, password, new ClientInfo())));
            Assert.Equal(1, host.Hasher.Verifications - before);
        }

        Assert.All(answers, a => Assert.Same(Refusals.WrongLogin, a));
    }

    [Fact]
    [Trait("Requirement", "B6")]
    public async Task LogIn_DisabledAccount_OnlyRightPasswordLearnsIt()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = false });

        Assert.Same(
            Refusals.AccountDisabled,
            ResultAssert.Refused(RefusalKind.Forbidden, await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())));
        Assert.Equal(0, (await host.ReadUserAsync(user.Id)).FailedLogins);
        Assert.Empty(await host.Stores.Sessions.ListAsync(user.Id, host.Now, CancellationToken.None));
    }

    [Theory]
    [InlineData(null, "x", "Username")]
    [InlineData("", "x", "Username")]
    [InlineData("alice", null, "Password")]
    [InlineData("alice", "", "Password")]
    public async Task LogIn_MissingField_IsInvalidAndCountsNothing(string? username, string? password, string field)
    {
        var user = await host.AddUserAsync(Role.User, "alice");

        ResultAssert.Faulty(field, await host.Logins.LogInAsync(username, password, new ClientInfo(AuthHarness.Address)));

        Assert.Equal(0, (await host.ReadUserAsync(user.Id)).FailedLogins);
        Assert.Empty(await host.ReadAuditAsync(AuditActions.Login));
    }

    [Fact]
    [Trait("Requirement", "B8")]
    public async Task LogIn_OldHash_IsRenewedOnce()
    {
        var user = await host.AddUserAsync(Role.User, "alice", FastHasher.OldHash(AuthHarness.Password));

        await host.LogInAsync("alice");

        var record = await host.Stores.Users.FindPasswordAsync(user.Id, CancellationToken.None);
        Assert.Equal(host.Hasher.Hash(AuthHarness.Password), record!.PasswordHash);
    }

    [Fact]
    public async Task LogIn_ParallelOnAnOldHash_AllSucceed()
    {
        const int parallel = 8;
        await host.AddUserAsync(Role.User, "alice", FastHasher.OldHash(AuthHarness.Password));
        using var meeting = new Barrier(parallel);
        var first = 0;

        // All have read the old hash before one of them renews it.
        host.Hasher.OnVerify = () =>
        {
            if (Interlocked.Increment(ref first) <= parallel)
            {
                meeting.SignalAndWait(TimeSpan.FromSeconds(20));
            }
        };

        var logins = await Task.WhenAll(Enumerable.Range(0, parallel)
            .Select(_ => Task.Run(() => host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo()))));

        Assert.All(logins, l => Assert.True(l.IsSuccess));
    }

    [Fact]
    public async Task LogIn_PasswordChangedMeanwhile_Fails()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        host.Hasher.OnVerify = () => Assert.Equal(WriteStatus.Done, host.Stores.Accounts.TrySetPasswordAsync(
            user.Id, host.Hasher.Hash(AuthHarness.OtherPassword), false,
            AuthorizedWrite.By(Actor.Host, AuditEntries.By(Actor.Host, host.Now, AuditActions.UserSetPassword)),
            CancellationToken.None).Result);

        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo()));

        Assert.Empty(await host.Stores.Sessions.ListAsync(user.Id, host.Now, CancellationToken.None));
    }

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.2.4")]
    public async Task LogIn_WithCookieSentAlong_EndsThatSessionEvenAnothers()
    {
        await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.User, "bob");
        var planted = (await host.Logins.LogInAsync("bob", AuthHarness.Password, new ClientInfo())).Require();

        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(SessionToReplace: planted.Secret.Reveal())))
            .Require();

        Assert.Null(await host.SessionActorAsync(planted.Secret));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("krs_garbage")]
    public async Task LogIn_WithGarbageCookie_Succeeds(string cookie)
    {
        await host.AddUserAsync(Role.User, "alice");
        Assert.True((await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(SessionToReplace: cookie))).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S5"), Trait("Requirement", "V7.1.2")]
    public async Task LogIn_TwentyFirstSession_EndsTheOldest()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var logins = new List<LoginResult>();
        for (var i = 0; i < 21; i++)
        {
            logins.Add((await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).Require());
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(await host.SessionActorAsync(logins[0].Secret));
        Assert.All(await Task.WhenAll(logins.Skip(1).Select(l => host.SessionActorAsync(l.Secret).AsTask())), Assert.NotNull);
        Assert.Equal(20, (await host.Stores.Sessions.ListAsync(user.Id, host.Now, CancellationToken.None)).Count);
    }

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.4.1")]
    public async Task LogOut_Session_IsDeadAtOnce()
    {
        await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var other = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();

        await host.Logins.LogOutAsync((await host.SessionActorAsync(login.Secret))!);

        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.NotNull(await host.SessionActorAsync(other.Secret));
    }

    [Fact]
    public async Task LogOut_WithoutSession_ChangesNothing()
    {
        await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = await host.RealAsync(Testing.TestActors.AsToken(Testing.TestActors.User()));
        var before = (await host.ReadAuditAsync()).Count;

        await host.Logins.LogOutAsync(token);
        await host.Logins.LogOutAsync(Actor.Anonymous);
        await host.Logins.LogOutAsync(Actor.Host);

        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        Assert.Equal(before, (await host.ReadAuditAsync()).Count);
    }

    [Fact]
    public async Task AuthOff_LoginRegisterAndReset_AreBusy()
    {
        using var off = new AuthHarness(o => o.Enabled = false);
        ResultAssert.Refused(RefusalKind.Busy, await off.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo()));
        ResultAssert.Refused(
            RefusalKind.Busy,
            await off.Registrations.RegisterAsync(new RegisterCommand { Username = "alice", Password = AuthHarness.Password }));
        ResultAssert.Refused(RefusalKind.Busy, await off.Account.ResetPasswordAsync("x", AuthHarness.Password, new ClientInfo()));
    }
}
