using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

public sealed class FirstAdminTests
{
    private const string Secret = "register-secret-0123456789-abcdefgh";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "R6"), Trait("Requirement", "Known_KohakuRiverRegisterSecret")]
    public async Task RegisterSecret_MakesTheFirstAdmin_ThenIsDead(bool inTheQuery)
    {
        using var host = new AuthHarness(o => o.AdminRegisterSecret = Secret);
        Assert.True(await host.Setup.IsRequiredAsync());

        var login = (await host.Registrations.RegisterAsync(Command("boss", Secret, inTheQuery))).Require();

        Assert.Equal(Role.Admin, login.User.User.Role);
        Assert.Equal(Role.Admin, (await host.SessionActorAsync(login.Secret))!.Role);
        Assert.False(await host.Setup.IsRequiredAsync());
        Assert.Single(await host.ReadAuditAsync(AuditActions.FirstAdmin));
        ResultAssert.Refused(RefusalKind.Forbidden, await host.Registrations.RegisterAsync(Command("boss2", Secret, inTheQuery)));

        // Not even when the only admin is disabled.
        await host.AddUserAsync(Role.Admin, "second");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = login.User.User.Id, IsActive = false });
        ResultAssert.Refused(RefusalKind.Forbidden, await host.Registrations.RegisterAsync(Command("boss3", Secret, inTheQuery)));
    }

    [Fact]
    [Trait("Requirement", "B5"), Trait("Requirement", "R6")]
    public async Task RegisterSecret_Wrong_IsForbiddenAndThrottled()
    {
        using var host = new AuthHarness(o => o.AdminRegisterSecret = Secret);
        for (var i = 0; i < 30; i++)
        {
            ResultAssert.Refused(RefusalKind.Forbidden, await host.Registrations.RegisterAsync(Command("boss", "wrong")));
        }

        // Beyond the limit even the right one, or the limit would limit nothing.
        ResultAssert.Refused(RefusalKind.Throttled, await host.Registrations.RegisterAsync(Command("boss", Secret)));
        Assert.True(
            (await host.Registrations.RegisterAsync(Command("boss", Secret) with { Client = new ClientInfo("192.0.2.200") })).IsSuccess);
        Assert.Equal(30, (await host.ReadAuditAsync(AuditActions.Register)).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [Trait("Requirement", "R6")]
    public async Task RegisterSecret_NotConfigured_IsOff(string? configured)
    {
        using var host = new AuthHarness(o => o.AdminRegisterSecret = configured);
        ResultAssert.Refused(RefusalKind.Forbidden, await host.Registrations.RegisterAsync(Command("boss", "")));
        ResultAssert.Faulty("AnyCode", await host.Registrations.RegisterAsync(Command("boss", "anything", inTheQuery: true)));
        Assert.False(await host.Stores.Users.AnyAsync(CancellationToken.None));
    }

    [Fact]
    [Trait("Requirement", "R6"), Trait("Requirement", "V6.5.1")]
    public async Task RegisterSecret_TwentyParallel_MakeOneAdmin()
    {
        using var host = new AuthHarness(o => o.AdminRegisterSecret = Secret);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => host.Registrations.RegisterAsync(Command($"boss{i}", Secret)))));

        Assert.Single(outcomes, o => o.IsSuccess);
        Assert.All(outcomes.Where(o => !o.IsSuccess), o => ResultAssert.Refused(RefusalKind.Forbidden, o));
        Assert.Equal(1, (await host.Users.ListAsync(Actor.Host, new UserQuery { Page = new PageRequest(50) })).Require().Total);
    }

    [Fact]
    [Trait("Requirement", "V6.5.1")]
    public async Task SetupCode_TwentyParallel_MakeOneAdmin()
    {
        using var host = new AuthHarness();
        var code = (await host.Setup.RenewCodeAsync())!.Reveal();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => host.Registrations.RegisterAsync(Command($"boss{i}", code)))));

        Assert.Single(outcomes, o => o.IsSuccess);
        Assert.All(outcomes.Where(o => !o.IsSuccess), o => ResultAssert.Refused(RefusalKind.Forbidden, o));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "V6.5.1")]
    public async Task SetupCode_WorksOnce(bool inTheQuery)
    {
        using var host = new AuthHarness();
        var code = (await host.Setup.RenewCodeAsync())!.Reveal();

        Assert.Equal(Role.Admin, (await host.Registrations.RegisterAsync(Command("boss", code, inTheQuery))).Require().User.User.Role);

        var again = await host.Registrations.RegisterAsync(Command("boss2", code, inTheQuery));
        ResultAssert.Refused(inTheQuery ? RefusalKind.Invalid : RefusalKind.Forbidden, again);
    }

    [Fact]
    public async Task SetupCode_Renewed_KillsTheEarlierOne()
    {
        using var host = new AuthHarness();
        var first = (await host.Setup.RenewCodeAsync())!.Reveal();
        using var restarted = host.Second();
        var second = (await restarted.Setup.RenewCodeAsync())!.Reveal();

        ResultAssert.Refused(RefusalKind.Forbidden, await restarted.Registrations.RegisterAsync(Command("boss", first)));
        Assert.True((await restarted.Registrations.RegisterAsync(Command("boss", second))).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "B5"), Trait("Requirement", "V6.4.1")]
    public async Task SetupCode_DiesAfterADay_AndIsNoGuessThen()
    {
        using var host = new AuthHarness(o => o.Throttling.CodeFailuresPerMinute = 1);
        var code = (await host.Setup.RenewCodeAsync())!.Reveal();
        host.Clock.Advance(TimeSpan.FromHours(24));

        ResultAssert.Refused(RefusalKind.Forbidden, await host.Registrations.RegisterAsync(Command("boss", code)));
        ResultAssert.Faulty("AnyCode", await host.Registrations.RegisterAsync(Command("boss", code, inTheQuery: true)));
        ResultAssert.Refused(RefusalKind.Forbidden, await host.Registrations.RegisterAsync(Command("boss", "a guess")));
        ResultAssert.Refused(RefusalKind.Throttled, await host.Registrations.RegisterAsync(Command("boss", "a guess")));
    }

    [Fact]
    public async Task SetupCode_JustBeforeADay_StillWorks()
    {
        using var host = new AuthHarness();
        var code = (await host.Setup.RenewCodeAsync())!.Reveal();
        host.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMicroseconds(1));
        Assert.True((await host.Registrations.RegisterAsync(Command("boss", code))).IsSuccess);
    }

    [Fact]
    public async Task SetupCode_WithUserSecretOrAuthOff_IsNotMade()
    {
        using var withSecret = new AuthHarness(o => o.AdminRegisterSecret = Secret);
        Assert.Null(await withSecret.Setup.RenewCodeAsync());
        using var off = new AuthHarness(o => o.Enabled = false);
        Assert.Null(await off.Setup.RenewCodeAsync());
        Assert.False(await off.Setup.IsRequiredAsync());
        using var withAdmin = new AuthHarness();
        var admin = await withAdmin.AddUserAsync(Role.Admin);
        Assert.Null(await withAdmin.Setup.RenewCodeAsync());

        // Not even when the admin is disabled: the database alone can tell that nobody is left, and only its owner may say so.
        await withAdmin.AddUserAsync(Role.Admin, "second");
        await withAdmin.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = admin.Id, IsActive = false });
        using var restarted = withAdmin.Second();
        Assert.Null(await restarted.Setup.RenewCodeAsync());
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [InlineData(Role.Operator)]
    public async Task SetupCode_WithUsersButNoAdmin_IsMadeAndMakesTheAdmin(Role role)
    {
        using var host = new AuthHarness();
        await host.AddUserAsync(role);
        Assert.True(await host.Setup.IsRequiredAsync());
        var code = (await host.Setup.RenewCodeAsync())!.Reveal();
        Assert.Equal(Role.Admin, (await host.Registrations.RegisterAsync(Command("boss", code))).Require().User.User.Role);
        Assert.Null(await host.Setup.RenewCodeAsync());
    }

    [Fact]
    public async Task OpenRegistration_BeforeTheFirstAdmin_IsForbiddenAndLeavesTheSetupLink()
    {
        using var host = new AuthHarness(o => o.Registration = RegistrationMode.Viewer);
        Assert.False(await host.Registrations.IsOpenAsync());
        var early = await host.Registrations.RegisterAsync(Command("anyone", null));
        Assert.Same(Refusals.NoAdminYet, ResultAssert.Refused(RefusalKind.Forbidden, early));
        Assert.False(await host.Stores.Users.AnyAsync(CancellationToken.None));

        var code = (await host.Setup.RenewCodeAsync())!.Reveal();
        Assert.True((await host.Registrations.RegisterAsync(Command("boss", code))).IsSuccess);
        Assert.True(await host.Registrations.IsOpenAsync());
        Assert.True((await host.Registrations.RegisterAsync(Command("anyone", null))).IsSuccess);
        using var off = host.Second(o => (o.Enabled, o.Registration) = (false, RegistrationMode.Viewer));
        Assert.False(await off.Registrations.IsOpenAsync());
    }

    [Fact]
    public async Task SeveralCodes_AreInvalid()
    {
        using var host = new AuthHarness(o => o.AdminRegisterSecret = Secret);
        var invitation = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require();
        ResultAssert.Faulty("RegisterSecret", await host.Registrations.RegisterAsync(Command("boss", Secret) with { AnyCode = Secret }));
        ResultAssert.Faulty(
            "InvitationCode",
            await host.Registrations.RegisterAsync(Command("boss", Secret) with { InvitationCode = invitation.Secret.Reveal() }));
        Assert.False(await host.Stores.Users.AnyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task OpenRegistration_FollowsTheSetting_AndGivesViewer()
    {
        using var host = new AuthHarness();
        await host.AddUserAsync(Role.Admin);
        ResultAssert.Faulty("InvitationCode", await host.Registrations.RegisterAsync(Command("anyone", null)));
        Assert.False(await host.Registrations.IsOpenAsync());

        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { Registration = RegistrationMode.Viewer });
        var login = (await host.Registrations.RegisterAsync(Command("anyone", null))).Require();
        Assert.Equal(Role.Viewer, login.User.User.Role);
        Assert.Empty(login.User.Groups);
        ResultAssert.Refused(RefusalKind.Conflict, await host.Registrations.RegisterAsync(Command("ANYONE", null)));

        // A bad code does not fall back to open registration.
        ResultAssert.Faulty("AnyCode", await host.Registrations.RegisterAsync(Command("other", "garbage", inTheQuery: true)));
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { Registration = RegistrationMode.Closed });
        ResultAssert.Faulty("InvitationCode", await host.Registrations.RegisterAsync(Command("other", null)));
    }

    private static RegisterCommand Command(string username, string? secret, bool inTheQuery = false) => new()
    {
        Username = username,
        Password = AuthHarness.Password,
        RegisterSecret = inTheQuery ? null : secret,
        AnyCode = inTheQuery ? secret : null,
        Client = new ClientInfo(AuthHarness.Address),
    };
}
