using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using KohakuRiver.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>Clocks that differ between instances, and clocks that somebody sets back.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(5, -5)]
    [InlineData(-5, 5)]
    [InlineData(5, 5)]
    [InlineData(-5, -5)]
    [Trait("Requirement", "D9")]
    public async Task ClocksFiveMinutesApart_NothingOutlivesItsExpiryByMoreThanTheSkew(int maker, int judge)
    {
        var start = TestClock.DefaultStart;
        using var made = new AuthHarness(o => o.SessionIdleTimeout = TimeSpan.Zero, clock: new TestClock(start.AddMinutes(maker)));
        using var judged = new AuthHarness(
            o => o.SessionIdleTimeout = TimeSpan.Zero, database: made.Database, clock: new TestClock(start.AddMinutes(judge)));
        var mary = await made.AddUserAsync(Role.User, "mary");
        var login = (await made.Logins.LogInAsync("mary", AuthHarness.Password, new ClientInfo())).Require();
        var actor = (await made.SessionActorAsync(login.Secret))!;
        var token = (await made.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t", ExpiresHours = 24 })).Require();
        var invitation = (await made.Invitations
            .CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 10, ExpiresHours = 24 })).Require();
        var code = (await made.UserCredentials.CreateResetCodeAsync(Actor.Host, mary.Id)).Require();
        (DateTimeOffset ExpiresAt, bool IsTriedOnce, Func<Task<bool>> Lives)[] all =
        [
            (login.Session.ExpiresAt, false, async () => await judged.SessionActorAsync(login.Secret) is not null),
            (token.Token.ExpiresAt!.Value, false, async () => await judged.TokenActorAsync(token.Secret) is not null),
            (
                invitation.Invitation.ExpiresAt,
                false,
                async () => (await judged.Registrations.PreviewInvitationAsync(invitation.Secret.Reveal(), null)).IsSuccess),

            // A code that works is used up: tried only when it must be dead.
            (code.ExpiresAt, true, async () =>
                (await judged.Account.ResetPasswordAsync(code.Secret.Reveal(), AuthHarness.OtherPassword, new ClientInfo())).IsSuccess),
        ];

        foreach (var (expiresAt, isTriedOnce, lives) in all)
        {
            if (!isTriedOnce)
            {
                SetTrueTime(expiresAt - Skew - TimeSpan.FromSeconds(1));
                Assert.True(await lives());
            }

            SetTrueTime(expiresAt + Skew);
            Assert.False(await lives());
        }

        void SetTrueTime(DateTimeOffset now) => judged.Clock.SetWallClock(now.AddMinutes(judge));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task ClockSetBackAnHour_EverythingEndsWhenTheClockSaysSo_AndDecisionsArrive()
    {
        var scheduler = new ScriptedScheduler { Behaviour = (_, _) => throw new InvalidOperationException("down") };
        using var host = new AuthHarness(build: builder =>
        {
            builder.Services.AddSingleton(scheduler);
            builder.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
        });
        await host.AddUserAsync(Role.User, "mary");
        var login = (await host.Logins.LogInAsync("mary", AuthHarness.Password, new ClientInfo())).Require();
        var seen = (await host.SessionActorAsync(login.Secret))!;
        host.Get<LastUse>().Note(seen);
        await host.Get<LastUse>().FlushAsync();
        await host.Approvals.SubmitAsync(seen, MatrixWorld.NewTask("t1"));
        Assert.True((await host.Approvals.ApproveAsync(TestActors.Operator(), "t1")).IsSuccess);
        var before = host.Now;

        host.Clock.SetWallClock(before.AddHours(-1));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        var later = (await host.Logins.LogInAsync("mary", AuthHarness.Password, new ClientInfo())).Require();
        Assert.Equal(before.AddHours(23), later.Session.ExpiresAt);
        scheduler.Behaviour = null;
        for (var minute = 0; minute < 66; minute++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.Delivery.DeliverDueAsync();
        }

        Assert.Equal(2, scheduler.Calls.Count);
        Assert.NotNull((await host.Approvals.FindAsync(["t1"]))["t1"].DeliveredAt);

        // Unused since: the idle time counts from the last use at the latest.
        host.Clock.SetWallClock(before.AddHours(8));
        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.Null(await host.SessionActorAsync(later.Secret));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task LogAfterTheClockWentBack_KeepsTheOrderOfWhatHappened()
    {
        using var host = new AuthHarness();
        var mary = await host.AddUserAsync(Role.User, "mary");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = mary.Id, DisplayName = "first" });
        host.Clock.SetWallClock(host.Now.AddHours(-1));
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = mary.Id, Role = Role.Viewer });

        var entries = await host.ReadAuditAsync("user.update");

        Assert.Equal(2, entries.Count);
        Assert.True(entries[0].At > entries[1].At);
        Assert.Contains("display name", entries[0].Detail, StringComparison.Ordinal);
        Assert.Contains("role", entries[1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-08T06:59:00Z")]
    [InlineData("2026-11-01T05:59:00Z")]
    [InlineData("2026-03-29T00:59:00Z")]
    [Trait("Requirement", "D9"), Trait("Requirement", "V16.2.2")]
    public async Task SessionAcrossAChangeOfSummerTime_LastsItsHoursExactly(string start)
    {
        using var host = new AuthHarness(
            o => (o.SessionLifetime, o.SessionIdleTimeout) = (TimeSpan.FromHours(2), TimeSpan.Zero),
            clock: new TestClock(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture)));
        await host.AddUserAsync(Role.User, "mary");
        var login = (await host.Logins.LogInAsync("mary", AuthHarness.Password, new ClientInfo())).Require();

        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.Zero), (login.Session.ExpiresAt - host.Now, login.Session.ExpiresAt.Offset));
        host.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await host.SessionActorAsync(login.Secret));
    }
}
