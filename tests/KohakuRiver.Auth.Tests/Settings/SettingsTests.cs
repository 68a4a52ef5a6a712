using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly AuthHarness host = new(o =>
    {
        o.SessionLifetime = TimeSpan.FromMinutes(90);
        o.SessionIdleTimeout = TimeSpan.FromMinutes(10);
        o.AdminSecret = new string('s', 32);
    });

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Get_WithoutStoredValues_GivesTheConfiguration()
    {
        var settings = (await host.Settings.GetAsync(TestActors.Admin())).Require();
        Assert.Equal(
            (TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(10), TimeSpan.FromHours(72), RegistrationMode.Closed),
            (settings.SessionLifetime, settings.SessionIdleTimeout, settings.InvitationLifetime, settings.Registration));
        Assert.Equal([Role.User], settings.ApprovalRequiredRoles);
        Assert.Equal((true, false, false), (settings.AdminSecretSet, settings.AdminSecretPreviousSet, settings.AdminRegisterSecretSet));
    }

    [Fact]
    public async Task Update_BeatsTheConfiguration_HereAtOnce_AndSurvivesARestart()
    {
        var updated = (await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange
        {
            SessionLifetimeHours = 2, SessionIdleHours = 0, InvitationLifetimeHours = 1,
            ApprovalRequiredRoles = [Role.Operator, Role.User, Role.User], Registration = RegistrationMode.Viewer,
        })).Require();

        foreach (var settings in new[] { updated, await host.Settings.GetEffectiveAsync(), await ReadAfterRestartAsync() })
        {
            Assert.Equal(
                (TimeSpan.FromHours(2), TimeSpan.Zero, TimeSpan.FromHours(1), RegistrationMode.Viewer),
                (settings.SessionLifetime, settings.SessionIdleTimeout, settings.InvitationLifetime, settings.Registration));
            Assert.Equal([Role.User, Role.Operator], settings.ApprovalRequiredRoles);
        }

        // Others stay when one is changed.
        await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange { InvitationLifetimeHours = 3 });
        Assert.Equal(TimeSpan.FromHours(2), (await host.Settings.GetEffectiveAsync()).SessionLifetime);
    }

    [Fact]
    public async Task Update_IsInForceOnAnotherInstance_WithinASecond()
    {
        using var second = host.Second();
        await second.Settings.GetEffectiveAsync();
        await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange { InvitationLifetimeHours = 3 });
        host.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(TimeSpan.FromHours(3), (await second.Settings.GetEffectiveAsync()).InvitationLifetime);
    }

    [Fact]
    public async Task Update_WhileAReadIsUnderWay_IsNotUndoneByIt()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = 1;
        host.Database.BeforeVerb = async _ =>
        {
            if (Interlocked.Exchange(ref first, 0) == 1)
            {
                held.SetResult();
                await release.Task;
            }
        };
        var reading = Task.Run(() => host.Settings.GetEffectiveAsync().AsTask());
        await held.Task;
        await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange { InvitationLifetimeHours = 3 });
        release.SetResult();
        await reading;
        Assert.Equal(TimeSpan.FromHours(3), (await host.Settings.GetEffectiveAsync()).InvitationLifetime);
    }

    [Fact]
    public async Task Reads_AreSharedForHalfASecond()
    {
        var reads = 0;
        host.Database.BeforeVerb = _ =>
        {
            reads++;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 10; i++)
        {
            await host.Settings.GetEffectiveAsync();
            host.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Update_BadFields_TellAllFaults_AndChangeNothing()
    {
        var bad = await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange
        {
            SessionLifetimeHours = 0, SessionIdleHours = -1, InvitationLifetimeHours = 721,
            ApprovalRequiredRoles = [Role.User, Role.Viewer], Registration = (RegistrationMode)7,
        });
        Assert.Equal(
            ["ApprovalRequiredRoles", "InvitationLifetimeHours", "Registration", "SessionIdleHours", "SessionLifetimeHours"],
            ResultAssert.Refused(RefusalKind.Invalid, bad).Errors!.Keys.Order(StringComparer.Ordinal));
        ResultAssert.Faulty("SessionLifetimeHours", await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange
        {
            SessionLifetimeHours = 2161, InvitationLifetimeHours = 1,
        }));
        Assert.Equal(TimeSpan.FromHours(72), (await host.Settings.GetEffectiveAsync()).InvitationLifetime);
        Assert.Empty(await host.ReadAuditAsync());
    }

    [Fact]
    public async Task Update_ThatIsEmpty_WritesNothing()
    {
        Assert.True((await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange())).IsSuccess);
        Assert.Empty(await host.ReadAuditAsync());
    }

    [Fact]
    public async Task NobodyWaits_WhenTheListIsEmptied()
    {
        await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange { ApprovalRequiredRoles = [] });
        Assert.Empty((await ReadAfterRestartAsync()).ApprovalRequiredRoles);
        Assert.Equal(
            ApprovalStatus.Approved,
            (await host.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask("t1"))).Require().Approval.Status);
    }

    [Fact]
    public async Task ShorterIdleTime_HitsLivingSessionsAtOnce()
    {
        await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        await host.Settings.UpdateAsync(TestActors.Admin(), new SettingsChange { SessionIdleHours = 1 });
        host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await host.SessionActorAsync(login.Secret));
    }

    private async Task<EffectiveSettings> ReadAfterRestartAsync()
    {
        using var restarted = host.Second();
        return await restarted.Settings.GetEffectiveAsync();
    }
}
