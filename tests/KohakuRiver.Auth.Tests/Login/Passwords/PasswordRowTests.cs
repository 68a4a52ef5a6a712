using KohakuRiver.Auth.Stores;
using KohakuRiver.Tests.Shared;

namespace KohakuRiver.Auth.Tests;

/// <summary>Rows about passwords that no test of a single part shows.</summary>
public sealed class PasswordRowTests
{
    [Theory]
    [InlineData("seven wet umbrellas in a row")]
    [InlineData("sevenwetumbrellasinarow")]
    [InlineData("SEVENWETUMBRELLASINAROW")]
    [InlineData("90285174628305716")]
    [InlineData("!(#)=?*[{]}&%$§:;<")]
    [InlineData("лампа стол окно дверь")]
    [Trait("Requirement", "B1"), Trait("Requirement", "V6.2.5")]
    public void Password_OfOneKindOfCharacter_IsFine(string password)
    {
        var policy = new PasswordPolicy(PasswordTestOptions.With());
        Assert.Null(policy.Check("password", password, "alice"));
        Assert.Null(policy.CheckBlocklist("password", password, "alice"));
    }

    [Fact]
    [Trait("Requirement", "B3"), Trait("Requirement", "V6.2.4"), Trait("Requirement", "V6.2.12")]
    public void MostCommonPasswords_OfEnoughLength_AreRefusedAndSaysWhy()
    {
        // The list holds passwords from breaches, the most common first.
        var policy = new PasswordPolicy(PasswordTestOptions.With(minimumLength: 8));
        using var stream = typeof(Zxcvbn.Zxcvbn).Assembly.GetManifestResourceStream("zxcvbn-core.Dictionaries.passwords.lst")!;
        using var reader = new StreamReader(stream);
        var passwords = reader.ReadToEnd().Split('\n').Select(l => l.Trim()).Where(l => l.Length >= 8).ToList();
        Assert.True(passwords.Count >= 3000, $"Only {passwords.Count} passwords.");
        foreach (var password in passwords)
        {
            foreach (var typed in new[] { password, password.ToUpperInvariant() })
            {
                var refusal = policy.CheckBlocklist("password", typed, "alice");
                Assert.True(refusal is { Kind: RefusalKind.Invalid }, $"{typed} passes.");
                Assert.Contains("choose another", Assert.Single(refusal.Errors!["password"]), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "B1"), Trait("Requirement", "V6.2.10")]
    public async Task Password_AfterTwoYears_StillWorks()
    {
        using var host = new AuthHarness();
        await host.AddUserAsync(Role.User, "alice");
        host.Clock.Advance(TimeSpan.FromDays(730));
        Assert.Equal("alice", (await host.LogInAsync("alice")).Username);
    }

    [Fact]
    [Trait("Requirement", "B2"), Trait("Requirement", "V6.2.8")]
    public async Task Password_InAnotherCaseOrWithSpace_IsWrong()
    {
        using var host = new AuthHarness(realHashing: true);
        const string password = " Seven wet Umbrellas ";
        (await host.Users.CreateAsync(Actor.Host, new CreateUserCommand { Username = "alice", Password = password, Role = Role.User }))
            .Require();
        foreach (
            var typed in new[] { password.Trim(), password.ToUpperInvariant(), password.ToLowerInvariant(), password + " ", password[1..] })
        {
            ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", typed, new ClientInfo()));
        }

        Assert.True((await host.Logins.LogInAsync("alice", password, new ClientInfo())).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "V6.3.2")]
    public async Task FreshDatabase_WithTheUsualGuesses_LetsNobodyIn()
    {
        using var host = new AuthHarness();
        await host.Get<StartupService>().StartAsync();
        foreach (var name in new[] { "admin", "root", "test", "user", "guest", "kohakuriver", "_system", "_anonymous" })
        {
            foreach (var password in new[] { name, "admin", "password", "changeme", "" })
            {
                Assert.False((await host.Logins.LogInAsync(name, password, new ClientInfo())).IsSuccess);
            }
        }

        Assert.Equal(0, (await host.Users.ListAsync(Actor.Host, new UserQuery { Page = new PageRequest(10) })).Require().Total);
    }

    [Fact]
    [Trait("Requirement", "B7")]
    public void Queue_OfAHost_LeavesACoreToTheOthers()
    {
        var threads = Math.Max(1, Environment.ProcessorCount - 1);
        using var queue = HashingQueues.MakeConfigured(queueLength: 0);
        var taken = Enumerable.Range(0, threads).Select(_ => queue.EnterAsync(CancellationToken.None)).ToList();
        Assert.All(taken, t => Assert.True(t.IsCompletedSuccessfully));
        Assert.True(queue.EnterAsync(CancellationToken.None).IsFaulted);
        Assert.Equal(32, new KohakuAuthOptions().Passwords.HashingQueueLength);
    }

    /// <summary>The clock's own word on what the counts of <c>LoginTests</c> show.</summary>
    [Fact]
    [Trait("Requirement", "B6"), Trait("Requirement", "V6.3.8"), Trait("Requirement", "Known_DjangoTiming")]
    public async Task FailedLogins_WhateverTheReason_TakeTheSameTime()
    {
        using var host = new AuthHarness(o => o.Throttling.LockoutThreshold = 1000, realHashing: true);
        foreach (var name in new[] { "active", "disabled", "locked" })
        {
            (await host.Users.CreateAsync(Actor.Host,
                new CreateUserCommand { Username = name, Password = AuthHarness.Password, Role = Role.User })).Require();
        }

        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = 2, IsActive = false });
        for (var i = 0; i < 1000; i++)
        {
            await host.Stores.Users.TryCountLoginAttemptAsync(
                3, new LockoutPolicy(1000, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), host.Now, CancellationToken.None);
        }

        await EqualTimes.AssertAsync(60, ["nobody", "active", "disabled", "locked"], async name =>
            ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync(name, "a wrong passphrase", new ClientInfo())));
    }
}
