using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>
/// What a failed login costs the database, counted instead of timed: the same statements and commits whatever the reason.
/// </summary>
public abstract class LoginWorkTestsBase(ITestDatabase database) : EngineTests(database)
{
    private static readonly LockoutPolicy Policy = new(1, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    [Fact]
    [Trait("Requirement", "B6"), Trait("Requirement", "V6.3.8"), Trait("Requirement", "Known_DjangoTiming")]
    public async Task FailedLogin_WhateverTheReason_IsTheSameWork()
    {
        var clock = new FakeTimeProvider(Make.Now);
        await using var services = Services(clock);
        await Make.UserAsync(First, "active");
        await Make.UserAsync(First, "locked");
        var disabled = await Make.UserAsync(First, "disabled");
        await First.Accounts.TryUpdateUserAsync(disabled, new UserChange { IsActive = false }, Make.Now, Make.Audit(), Ct);
        var locked = (await First.Users.FindPasswordAsync("locked", Ct))!.User.Id;
        Assert.True(await First.Users.TryCountLoginAttemptAsync(locked, Policy, Make.Now, Ct));

        using var work = new WorkRecorder();
        var logins = services.GetRequiredService<ILoginService>();
        await work.AwaitAttentionAsync(() => FailAsync("active"));

        // Rows that are made once an hour are there before it counts.
        for (var i = 0; i < 20; i++)
        {
            Assert.False(await First.Users.TryCountLoginAttemptAsync(0, Policy, Make.Now, Ct));
        }

        var expected = await work.OfAsync(() => FailAsync("active"));
        Assert.Equal(["UPDATE", "commit", "SELECT", "SELECT", "UPDATE", "commit", "INSERT", "commit"], expected);
        foreach (var name in new[] { "nobody", "locked", "disabled", "active", "nobody" })
        {
            Assert.Equal(expected, await work.OfAsync(() => FailAsync(name)));
        }

        async Task FailAsync(string name)
        {
            var outcome = await logins.LogInAsync(name, "a wrong passphrase", new ClientInfo("192.0.2.1"), Ct);
            Assert.Equal(RefusalKind.Unauthenticated, outcome.Refusal?.Kind);
        }
    }

    private ServiceProvider Services(TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton<IPasswordHasher, NoHasher>();
        services.AddKohakuAuth().UseStores(_ => First);
        return services.BuildServiceProvider();
    }

    private sealed class NoHasher : IPasswordHasher
    {
        public string Hash(string password) => "hash";

        public PasswordVerdict Verify(string password, string storedHash) => PasswordVerdict.Wrong;

        public void VerifyNothing(string password)
        {
        }
    }
}
