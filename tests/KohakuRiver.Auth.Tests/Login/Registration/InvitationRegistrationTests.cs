using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class InvitationRegistrationTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Admin)]
    [Trait("Requirement", "Known_KohakuRiverInvitationGroup")]
    public async Task Register_GivesExactlyRoleAndGroup_AndLogsIn(Role role)
    {
        var group = await host.AddGroupAsync("lab");
        var invitation = (await host.Invitations
            .CreateAsync(Actor.Host, new CreateInvitationCommand { Role = role, GroupId = group, MaxUses = 1 })).Require();

        var login = (await RegisterAsync(invitation.Secret, "newbie")).Require();

        Assert.Equal(
            (role, "newbie", "newbie", true),
            (login.User.User.Role, login.User.User.Username, login.User.User.DisplayName, login.User.User.IsActive));
        Assert.Equal([group], login.User.Groups.Select(g => g.Id));
        Assert.Equal(role, (await host.SessionActorAsync(login.Secret))!.Role);
        Assert.Equal(1, (await host.Stores.Invitations.FindAsync(invitation.Invitation.Id, CancellationToken.None))!.Uses);
        await host.LogInAsync("newbie");
    }

    [Fact]
    public async Task Register_CodeInTheQueryOfOlderClients_Works()
    {
        var invitation = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();
        var command = Command("newbie") with { AnyCode = invitation.Secret.Reveal(), DisplayName = "  New Bie " };
        Assert.Equal("New Bie", (await host.Registrations.RegisterAsync(command)).Require().User.User.DisplayName);
    }

    [Fact]
    [Trait("Requirement", "V6.4.1"), Trait("Requirement", "V6.5.1")]
    public async Task Register_UsedExpiredRevokedUnknown_AreInvalidAlike()
    {
        var used = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();
        Assert.True((await RegisterAsync(used.Secret, "first")).IsSuccess);
        var revoked = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();
        await host.Invitations.RevokeAsync(Actor.Host, revoked.Invitation.Id);
        var expired = (await host.Invitations
            .CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1, ExpiresHours = 1 })).Require();
        host.Clock.Advance(TimeSpan.FromHours(1));

        var messages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var secret in new[]
        {
            used.Secret,
            revoked.Secret,
            expired.Secret,
            SecretGenerator.Create(SecretKind.Invitation),
            SecretGenerator.Create(SecretKind.ApiToken),
        })
        {
            var outcome = await RegisterAsync(secret, "second");
            ResultAssert.Faulty("InvitationCode", outcome);
            messages.Add(outcome.Refusal!.Message);
        }

        Assert.Single(messages);
        Assert.Null(await host.Stores.Users.FindPasswordAsync("second", CancellationToken.None));
    }

    [Fact]
    [Trait("Requirement", "B5"), Trait("Requirement", "V6.6.3")]
    public async Task Register_KnownCodes_AreNoGuesses_UnknownOnesAre()
    {
        var used = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();
        await RegisterAsync(used.Secret, "first");
        for (var i = 0; i < 100; i++)
        {
            ResultAssert.Faulty("InvitationCode", await RegisterAsync(used.Secret, "second"));
        }

        for (var i = 0; i < 30; i++)
        {
            ResultAssert.Faulty("InvitationCode", await RegisterAsync(SecretGenerator.Create(SecretKind.Invitation), "second"));
        }

        ResultAssert.Refused(RefusalKind.Throttled, await RegisterAsync(SecretGenerator.Create(SecretKind.Invitation), "second"));
        ResultAssert.Refused(RefusalKind.Throttled, await host.Registrations.PreviewInvitationAsync("unknown", AuthHarness.Address));
        ResultAssert.Refused(
            RefusalKind.Throttled,
            await host.Account.ResetPasswordAsync("unknown", AuthHarness.Password, new ClientInfo(AuthHarness.Address)));

        // Somebody else behind the same address holds a good one.
        var good = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();
        Assert.True((await RegisterAsync(good.Secret, "second")).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "V2.3.3")]
    public async Task Register_BadFields_TakeNoUseAndTellAllFaults()
    {
        var invitation = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();
        var bad = await host.Registrations.RegisterAsync(new RegisterCommand
        {
            Username =
                "_x", Password = "short", DisplayName = "\u202Eevil", InvitationCode = invitation.Secret.Reveal(), RegisterSecret = "also",
        });

        Assert.Equal(
            ["DisplayName", "InvitationCode", "Password", "Username"],
            ResultAssert.Refused(RefusalKind.Invalid, bad).Errors!.Keys.Order(StringComparer.Ordinal));
        ResultAssert.Faulty("Password", await host.Registrations.RegisterAsync(
            Command("newbie") with { InvitationCode = invitation.Secret.Reveal(), Password = "passwordpassword" }));
        Assert.True((await RegisterAsync(invitation.Secret, "newbie")).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "V2.3.4"), Trait("Requirement", "V6.5.1")]
    public async Task Register_HundredParallelOnTenUses_TenGetIn()
    {
        var invitation = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 10 })).Require();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => Task.Run(() => RegisterAsync(invitation.Secret, $"racer{i}"))));

        Assert.Equal(10, outcomes.Count(o => o.IsSuccess));
        Assert.All(outcomes.Where(o => !o.IsSuccess), o => ResultAssert.Faulty("InvitationCode", o));
        Assert.Equal(10, (await host.Stores.Invitations.FindAsync(invitation.Invitation.Id, CancellationToken.None))!.Uses);
        Assert.Equal(10, (await host.Users.ListAsync(Actor.Host, new UserQuery { Page = new PageRequest(500) })).Require().Total);
    }

    [Fact]
    public async Task Register_FiftyEqualNamesInMixedCase_OneGetsInWithOneUse()
    {
        var invitation = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 50 })).Require();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(i => Task.Run(() => RegisterAsync(invitation.Secret, i % 2 == 0 ? "SameName" : "samename"))));

        Assert.Single(outcomes, o => o.IsSuccess);
        Assert.All(
            outcomes.Where(o => !o.IsSuccess),
            o => Assert.Contains("Username", ResultAssert.Refused(RefusalKind.Conflict, o).Errors!.Keys));
        Assert.Equal(1, (await host.Stores.Invitations.FindAsync(invitation.Invitation.Id, CancellationToken.None))!.Uses);
    }

    [Fact]
    public async Task Register_MakerDemotedDisabledOrDeleted_CodeDies()
    {
        var maker = await host.AddUserAsync(Role.Admin, "maker");
        await host.AddUserAsync(Role.Admin, "other");
        var forUser = (await host.Invitations
            .CreateAsync(TestActors.Of(maker), new CreateInvitationCommand { Role = Role.User, MaxUses = 9 })).Require();
        var forViewer = (await host.Invitations
            .CreateAsync(TestActors.Of(maker), new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 9 })).Require();
        var ofTheSystem = (await host.Invitations
            .CreateAsync(TestActors.MasterSecret(), new CreateInvitationCommand { Role = Role.Admin, MaxUses = 9 })).Require();

        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = maker.Id, Role = Role.Operator });
        ResultAssert.Faulty("InvitationCode", await RegisterAsync(forUser.Secret, "user1"));
        ResultAssert.Faulty("InvitationCode", await PreviewAsync(forUser.Secret));
        Assert.True((await PreviewAsync(forViewer.Secret)).IsSuccess);
        Assert.True((await RegisterAsync(forViewer.Secret, "user2")).IsSuccess);

        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = maker.Id, IsActive = false });
        ResultAssert.Faulty("InvitationCode", await RegisterAsync(forViewer.Secret, "user3"));
        ResultAssert.Faulty("InvitationCode", await PreviewAsync(forViewer.Secret));

        await host.Users.DeleteAsync(Actor.Host, maker.Id);
        ResultAssert.Faulty("InvitationCode", await RegisterAsync(forViewer.Secret, "user4"));
        Assert.True((await RegisterAsync(ofTheSystem.Secret, "user5")).IsSuccess);
    }

    [Fact]
    public async Task Preview_TellsWhatAnOpenCodeGives_AndTakesNoUse()
    {
        var group = await host.AddGroupAsync("lab");
        var invitation = (await host.Invitations
            .CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, GroupId = group, MaxUses = 1 })).Require();

        var preview = (await PreviewAsync(invitation.Secret)).Require();

        Assert.Equal((Role.User, "lab", invitation.Invitation.ExpiresAt), (preview.Role, preview.Group!.Name, preview.ExpiresAt));
        await RegisterAsync(invitation.Secret, "newbie");
        ResultAssert.Faulty("InvitationCode", await PreviewAsync(invitation.Secret));
    }

    [Fact]
    public async Task Register_WithCookieSentAlong_EndsThatSession()
    {
        await host.AddUserAsync(Role.User, "alice");
        var planted = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var invitation = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();

        Assert.True((await host.Registrations.RegisterAsync(Command("newbie") with
        {
            InvitationCode = invitation.Secret.Reveal(), Client = new ClientInfo(SessionToReplace: planted.Secret.Reveal()),
        })).IsSuccess);

        Assert.Null(await host.SessionActorAsync(planted.Secret));
    }

    private Task<KohakuResult<InvitationPreview>> PreviewAsync(SecretText secret) =>
        host.Registrations.PreviewInvitationAsync(secret.Reveal(), AuthHarness.Address);

    private Task<KohakuResult<LoginResult>> RegisterAsync(SecretText secret, string username) =>
        host.Registrations.RegisterAsync(Command(username) with { InvitationCode = secret.Reveal() });

    private static RegisterCommand Command(string username) =>
        new() { Username = username, Password = AuthHarness.Password, Client = new ClientInfo(AuthHarness.Address) };
}
