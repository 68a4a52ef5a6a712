using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace KohakuRiver.Auth.Tests;

/// <summary>Logins with a name that an account had in another system.</summary>
public sealed class FormerNameTests : IDisposable
{
    private const string Former = "alice@example.org";

    private readonly IFormerNames names = Substitute.For<IFormerNames>();
    private readonly AuthHarness host;

    public FormerNameTests()
    {
        host = new AuthHarness(o => o.Throttling.LoginFailuresPerMinute = 1000, build: b => b.Services.AddSingleton(names));
        names.FindPasswordAsync(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(Task.FromResult<PasswordRecord?>(null));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "B6")]
    public async Task LogIn_FormerNameWithTheRightPassword_IsToldTheNewOneAndNotLoggedIn()
    {
        var user = await AddAsync("alice", Former);
        await LogInAsync(Former, "wrong");

        var refused = ResultAssert.Refused(RefusalKind.Forbidden, await LogInAsync(Former, AuthHarness.Password));

        Assert.Equal(Refusals.Renamed("alice"), refused);
        Assert.Equal("This account is now called alice. Log in with that name.", refused.Message);
        Assert.Equal(("renamed", "alice"), (refused.Reason, refused.Username));
        Assert.Equal(0, (await host.ReadUserAsync(user.Id)).FailedLogins);
        Assert.Empty(await host.Stores.Sessions.ListAsync(user.Id, host.Now, Ct));
        Assert.Equal(
            ["wrong username or password", "logged in with a former name"],
            (await host.ReadAuditAsync(AuditActions.Login)).Select(e => e.Detail));
    }

    [Fact]
    [Trait("Requirement", "B4"), Trait("Requirement", "B6"), Trait("Requirement", "V6.3.8")]
    public async Task LogIn_FormerNameWithAWrongPassword_AnswersAsForAnUnknownNameAtTheSameCost()
    {
        await AddAsync("alice", Former);
        await AddAsync("bob");
        var answers = new List<Refusal>();
        var questions = new List<int>();
        var count = 0;
        host.Database.BeforeVerb = _ =>
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        };

        // The first two cannot be names here, which is no secret; the last two can.
        foreach (var name in (string[])[Former, "nobody@example.org", "bob", "nobody"])
        {
            var (hashes, asked, verbs) = (host.Hasher.Verifications, Asked(), Volatile.Read(ref count));
            answers.Add(ResultAssert.Refused(RefusalKind.Unauthenticated, await LogInAsync(name, "wrong")));
            Assert.Equal((1, 1), (host.Hasher.Verifications - hashes, Asked() - asked));
            questions.Add(Volatile.Read(ref count) - verbs);
        }

        Assert.Equal(questions[0], questions[1]);
        Assert.Equal(questions[2], questions[3]);
        Assert.All(answers, a => Assert.Same(Refusals.WrongLogin, a));
    }

    [Fact]
    [Trait("Requirement", "B4"), Trait("Requirement", "V6.3.1")]
    public async Task LogIn_FormerName_IsNoWayRoundTheLockout()
    {
        var user = await AddAsync("alice", Former);
        for (var i = 0; i < 50; i++)
        {
            await LogInAsync(Former, "wrong");
            await LogInAsync("alice", "wrong");
        }

        Assert.NotNull((await host.ReadUserAsync(user.Id)).LockedUntil);
        foreach (var name in (string[])[Former, "alice"])
        {
            Assert.Same(
                Refusals.WrongLogin,
                ResultAssert.Refused(RefusalKind.Unauthenticated, await LogInAsync(name, AuthHarness.Password)));
        }

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        ResultAssert.Refused(RefusalKind.Forbidden, await LogInAsync(Former, AuthHarness.Password));
    }

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task LogIn_FormerName_CountsAgainstTheAddressLikeAnyOther()
    {
        using var strict = new AuthHarness(o => o.Throttling.LoginFailuresPerMinute = 2, build: b => b.Services.AddSingleton(names));
        for (var i = 0; i < 2; i++)
        {
            await strict.Logins.LogInAsync(Former, "wrong", new ClientInfo(AuthHarness.Address), Ct);
        }

        ResultAssert.Refused(
            RefusalKind.Throttled,
            await strict.Logins.LogInAsync(Former, AuthHarness.Password, new ClientInfo(AuthHarness.Address), Ct));
    }

    [Fact]
    [Trait("Requirement", "B6")]
    public async Task LogIn_FormerNameOfADisabledAccount_IsToldThatItIsDisabled()
    {
        var user = await AddAsync("alice");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = false }, Ct);
        await KnowAsync(Former, user.Id);

        Assert.Same(
            Refusals.AccountDisabled, ResultAssert.Refused(RefusalKind.Forbidden, await LogInAsync(Former, AuthHarness.Password)));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await LogInAsync(Former, "wrong"));
    }

    [Fact]
    public async Task LogIn_NameThatSomebodyHasNow_IsTheirsWhoeverHadItBefore()
    {
        var old = await AddAsync("bob-2");
        await KnowAsync("bob", old.Id);
        var bob = await host.AddUserAsync(Role.User, "bob", host.Hasher.Hash(AuthHarness.OtherPassword));

        ResultAssert.Refused(RefusalKind.Unauthenticated, await LogInAsync("bob", AuthHarness.Password));
        Assert.Equal(bob.Id, (await LogInAsync("bob", AuthHarness.OtherPassword)).Require().User.User.Id);
        Assert.Equal(0, (await host.ReadUserAsync(old.Id)).FailedLogins);
    }

    private int Asked() => names.ReceivedCalls().Count();

    private Task<KohakuResult<LoginResult>> LogInAsync(string name, string password) =>
        host.Logins.LogInAsync(name, password, new ClientInfo(AuthHarness.Address), Ct);

    private async Task<User> AddAsync(string name, string? former = null)
    {
        var user = await host.AddUserAsync(Role.User, name);
        if (former is not null)
        {
            await KnowAsync(former, user.Id);
        }

        return user;
    }

    private async Task KnowAsync(string former, long id)
    {
        var record = await host.Stores.Users.FindPasswordAsync(id, Ct);
        names.FindPasswordAsync(former, Arg.Any<CancellationToken>()).Returns(Task.FromResult(record));
    }
}
