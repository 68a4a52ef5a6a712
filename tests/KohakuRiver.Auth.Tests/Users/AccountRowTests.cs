using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>Rows about accounts, limits and notices.</summary>
public sealed class AccountRowTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "V6.3.5")]
    public async Task FailedLogins_OnOnesAccount_AreShownToItsOwnerOnly()
    {
        await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.User, "bob");
        for (var i = 0; i < 7; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.Logins.LogInAsync("ALICE", "wrong", new ClientInfo("198.51.100.9"));
        }

        var notices = await NoticesAsync("alice");
        Assert.Equal(7, notices.FailedLogins);
        Assert.Equal(5, notices.LatestFailures.Count);
        Assert.Equal(("198.51.100.9", host.Now), (notices.LatestFailures[0].IpAddress, notices.LatestFailures[0].At));
        Assert.Equal(0, (await NoticesAsync("bob")).FailedLogins);

        host.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(0, (await NoticesAsync("alice")).FailedLogins);
    }

    [Fact]
    [Trait("Requirement", "V6.3.7")]
    public async Task CredentialChanges_ByOneselfAndByAdmins_AreShown()
    {
        var admin = TestActors.Admin();
        var alice = (await host.Users.CreateAsync(admin,
            new CreateUserCommand { Username = "alice", Password = AuthHarness.Password, Role = Role.User })).Require().User;
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Account.ChangePasswordAsync(await host.LogInAsync("alice"), AuthHarness.Password, AuthHarness.OtherPassword);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = (await host.UserCredentials.CreateResetCodeAsync(admin, alice.Id)).Require();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Account.ResetPasswordAsync(code.Secret.Reveal(), AuthHarness.Password, new ClientInfo(AuthHarness.Address));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Users.UpdateAsync(admin, new UpdateUserCommand { Id = alice.Id, Role = Role.Operator });

        // A flood of failures hides none of them.
        for (var i = 0; i < 20; i++)
        {
            await host.Logins.LogInAsync("alice", "wrong", new ClientInfo());
        }

        Assert.Equal(
            [AuditActions.UserUpdate, AuditActions.PasswordReset, AuditActions.UserResetLink, AuditActions.PasswordChange,
                AuditActions.UserCreate],
            (await NoticesAsync("alice")).Changes.Select(c => c.Action));
    }

    [Fact]
    [Trait("Requirement", "S4")]
    public async Task Notices_OfAnEarlierAccountOfTheName_AreNotShown()
    {
        var first = await host.AddUserAsync(Role.User, "alice");
        await host.Logins.LogInAsync("alice", "wrong", new ClientInfo());
        await host.Users.SetPasswordAsync(TestActors.Admin(), first.Id, AuthHarness.OtherPassword);
        await host.Users.DeleteAsync(Actor.Host, first.Id);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.AddUserAsync(Role.User, "alice");

        var notices = await NoticesAsync("alice");
        Assert.Equal((0, 0), (notices.FailedLogins, notices.Changes.Count));
    }

    [Fact]
    [Trait("Requirement", "S5"), Trait("Requirement", "V7.1.2")]
    public async Task Limits_Configured_HoldInsteadOfTheUsualOnes()
    {
        var usual = new KohakuAuthOptions().Limits;
        Assert.Equal((50, 20, 1000), (usual.TokensPerUser, usual.SessionsPerUser, usual.OpenInvitations));
        using var small = new AuthHarness(o => (o.Limits.TokensPerUser, o.Limits.SessionsPerUser, o.Limits.OpenInvitations) = (2, 3, 1));
        await small.AddUserAsync(Role.User, "alice");
        var sessions = new List<Actor>();
        for (var i = 0; i < 4; i++)
        {
            sessions.Add(await small.LogInAsync("alice"));
            small.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, (await small.Account.ListSessionsAsync(sessions[3])).Require().Sessions.Count);
        Assert.True((await small.Tokens.CreateAsync(sessions[3], new CreateTokenCommand { Name = "1" })).IsSuccess);
        Assert.True((await small.Tokens.CreateAsync(sessions[3], new CreateTokenCommand { Name = "2" })).IsSuccess);
        ResultAssert.Refused(RefusalKind.Conflict, await small.Tokens.CreateAsync(sessions[3], new CreateTokenCommand { Name = "3" }));
        Assert.True(
            (await small.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).IsSuccess);
        ResultAssert.Refused(
            RefusalKind.Conflict,
            await small.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 }));
    }

    [Fact]
    [Trait("Requirement", "V2.4.1"), Trait("Requirement", "S5"), Trait("Requirement", "V6.3.8")]
    public async Task OpenRegistration_BeyondItsHourlyLimit_IsThrottledForThatAddress()
    {
        await host.AddUserAsync(Role.Admin);
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { Registration = RegistrationMode.Viewer });
        for (var i = 0; i < 20; i++)
        {
            // Names that are taken count too: asking for them tells who is here.
            var outcome = await RegisterAsync($"viewer{i / 2}", AuthHarness.Address);
            Assert.Equal(i % 2 == 0, outcome.IsSuccess);
        }

        ResultAssert.Refused(RefusalKind.Throttled, await RegisterAsync("viewer99", AuthHarness.Address));
        Assert.True((await RegisterAsync("viewer99", "192.0.2.200")).IsSuccess);
        var code = (await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 }))
            .Require().Secret
            .Reveal();
        Assert.True((await RegisterAsync("invited", AuthHarness.Address, code)).IsSuccess);

        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await RegisterAsync("viewer100", AuthHarness.Address)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S5")]
    public async Task OpenRegistration_WithFieldsThatAreRefused_CountsNothing()
    {
        await host.AddUserAsync(Role.Admin);
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { Registration = RegistrationMode.Viewer });
        for (var i = 0; i < 25; i++)
        {
            ResultAssert.Faulty("Password", await RegisterAsync("alice", AuthHarness.Address, password: "passwordpassword"));
            ResultAssert.Faulty("Username", await RegisterAsync("_alice", AuthHarness.Address));
        }

        Assert.True((await RegisterAsync("alice", AuthHarness.Address)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "V8.3.3")]
    public async Task Task_HandedToTheScheduler_CarriesItsSubmitterAndItsDecider()
    {
        var scheduler = new ScriptedScheduler();
        var handed = new List<Approval>();
        scheduler.Behaviour = (approval, _) =>
        {
            handed.Add(approval);
            return Task.CompletedTask;
        };
        using var cluster = new AuthHarness(build: b =>
        {
            b.Services.AddSingleton(scheduler);
            b.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
        });
        var alice = await cluster.AddUserAsync(Role.User, "alice");
        var boss = await cluster.AddUserAsync(Role.Operator, "boss");
        await cluster.Approvals.SubmitAsync(TestActors.Of(alice), MatrixWorld.NewTask("hers"));
        await cluster.Approvals.ApproveAsync(TestActors.Of(boss), "hers");
        await cluster.Approvals.SubmitAsync(TestActors.Of(boss), MatrixWorld.NewTask("his"));

        Assert.Equal(
            [("hers", alice.Id, "alice", "boss"), ("his", boss.Id, "boss", "boss")],
            handed.Select(a => (a.Task.TaskId, a.SubmitterId!.Value, a.Submitter, a.DecidedBy!)));
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [Trait("Requirement", "V8.4.1")]
    public async Task Vps_OfOneGroup_IsHiddenFromThePeopleOfAnother(Role role)
    {
        var (mine, theirs) = (await host.AddGroupAsync("mine"), await host.AddGroupAsync("theirs"));
        var alice = await host.AddUserAsync(role, "alice", groupIds: mine);
        var bob = await host.AddUserAsync(role, "bob", groupIds: theirs);
        await host.Vps.AssignAsync(Actor.Host, "vps-mine", [], [mine]);
        await host.Vps.AssignAsync(Actor.Host, "vps-theirs", [], [theirs]);
        foreach (
            var (user, group, own, other) in new[] { (alice, mine, "vps-mine", "vps-theirs"), (bob, theirs, "vps-theirs", "vps-mine") })
        {
            var actor = await host.LogInAsync(user.Username);
            Assert.Equal([group], actor.GroupIds);
            Assert.True((await host.Vps.CanUseAsync(actor, own)).IsAllowed);
            Assert.Equal(RefusalKind.Hidden, (await host.Vps.CanUseAsync(actor, other)).Refusal!.Kind);
            Assert.Equal([own], (await host.Vps.ListOwnAsync(actor)).Require().Ids);
            ResultAssert.Refused(RefusalKind.Forbidden, await host.Vps.ListAsync(actor, other));
        }
    }

    private async Task<AccountNotices> NoticesAsync(string name)
    {
        var user = (await host.Stores.Users.FindPasswordAsync(name, CancellationToken.None))!.User;
        return (await host.Get<AccountNoticeService>().GetAsync(TestActors.Of(user))).Require();
    }

    private Task<KohakuResult<LoginResult>> RegisterAsync(
        string name, string address, string? code = null, string password = AuthHarness.Password) =>
        host.Registrations.RegisterAsync(
            new RegisterCommand { Username = name, Password = password, InvitationCode = code, Client = new ClientInfo(address) });
}
