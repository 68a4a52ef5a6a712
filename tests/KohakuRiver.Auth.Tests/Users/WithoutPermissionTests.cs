using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>A user who is set to <c>anony</c>: what ends, what stays, and what comes back.</summary>
public sealed class WithoutPermissionTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "V8.3.2")]
    public async Task SetToAnony_SessionsAndTokens_StayWithoutPermissionAndComeBack()
    {
        var user = await host.AddUserAsync(Role.Operator, "mallory");
        var login = (await host.Logins.LogInAsync("mallory", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).Require();
        var before = (await host.SessionActorAsync(login.Secret))!;
        var token = (await host.Tokens.CreateAsync(before, new CreateTokenCommand { Name = "ci" })).Require();

        await SetAsync(user, Role.Anony);

        foreach (var actor in new[] { await host.SessionActorAsync(login.Secret), await host.TokenActorAsync(token.Secret) })
        {
            Assert.Equal((Role.Anony, true), (actor!.Role, actor.IsAuthenticated));
            Assert.Equal(Role.Anony, (await host.Account.GetAsync(actor)).Require().User.Role);
            Assert.Same(Refusals.NoPermission, (await host.Tokens.ListOwnAsync(actor, new PageRequest(10))).Refusal);
        }

        await SetAsync(user, Role.Operator);
        Assert.Equal(Role.Operator, (await host.SessionActorAsync(login.Secret))!.Role);
        Assert.Equal(Role.Operator, (await host.TokenActorAsync(token.Secret))!.Role);
    }

    [Fact]
    public async Task LogIn_WithTheRoleAnony_Succeeds()
    {
        await host.AddUserAsync(Role.Anony, "mallory");

        var login = (await host.Logins.LogInAsync("mallory", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).Require();

        Assert.Equal(Role.Anony, login.User.User.Role);
        ResultAssert.Refused(
            RefusalKind.Unauthenticated,
            await host.Logins.LogInAsync("mallory", AuthHarness.OtherPassword, new ClientInfo(AuthHarness.Address)));
    }

    [Fact]
    public async Task SetToAnony_AssignedVps_CannotBeUsedAndSaysWhy()
    {
        var group = await host.AddGroupAsync("lab");
        var user = await host.AddUserAsync(Role.User, "mallory", null, group);
        (await host.Vps.AssignAsync(Actor.Host, "vps-own", [user.Id], [])).Require();
        (await host.Vps.AssignAsync(Actor.Host, "vps-lab", [], [group])).Require();
        var actor = await host.LogInAsync("mallory");
        Assert.True((await host.Vps.CanUseAsync(actor, "vps-lab")).IsAllowed);

        await SetAsync(user, Role.Anony);

        actor = await host.LogInAsync("mallory");
        foreach (var id in new[] { "vps-own", "vps-lab", "vps-of-others" })
        {
            Assert.Same(Refusals.NoPermission, (await host.Vps.CanUseAsync(actor, id)).Refusal);
        }
    }

    [Fact]
    public async Task SetToAnony_TaskThatWaits_StaysForThoseWhoDecide()
    {
        var user = await host.AddUserAsync(Role.User, "mallory");
        (await host.Approvals.SubmitAsync(await host.LogInAsync("mallory"), MatrixWorld.NewTask("t1"))).Require();

        await SetAsync(user, Role.Anony);

        var actor = await host.LogInAsync("mallory");
        Assert.Same(Refusals.NoPermission, (await host.Approvals.SubmitAsync(actor, MatrixWorld.NewTask("t2"))).Refusal);
        Assert.Same(Refusals.NoPermission, (await host.Approvals.WithdrawAsync(actor, "t1")).Refusal);
        Assert.Equal(
            ApprovalStatus.Rejected,
            (await host.Approvals.RejectAsync(await host.LogInAsync((await host.AddUserAsync(Role.Operator)).Username), "t1", null))
                .Require().Status);
    }

    [Fact]
    public async Task Invitation_WhoseMakerWasSetToAnony_MakesNobody()
    {
        var maker = await host.AddUserAsync(Role.Operator, "maker");
        var invitation = (await host.Invitations.CreateAsync(
            await host.LogInAsync("maker"), new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require();

        await SetAsync(maker, Role.Anony);

        var used = await host.Registrations.RegisterAsync(new RegisterCommand
        {
            Username = "newcomer",
            Password = AuthHarness.Password,
            InvitationCode = invitation.Secret.Reveal(),
            Client = new ClientInfo(AuthHarness.Address),
        });
        Assert.False(used.IsSuccess);
    }

    [Fact]
    public async Task LastAdmin_SetToAnony_IsRefusedWhoeverAsks()
    {
        var last = await host.AddUserAsync(Role.Admin, "last");

        ResultAssert.Refused(
            RefusalKind.Conflict,
            await host.Users.UpdateAsync(TestActors.MasterSecret(), new UpdateUserCommand { Id = last.Id, Role = Role.Anony }));
        Assert.Same(
            Refusals.SelfDemotion,
            (await host.Users.UpdateAsync(
                await host.LogInAsync("last"), new UpdateUserCommand { Id = last.Id, Role = Role.Anony })).Refusal);
        Assert.Equal(Role.Admin, (await host.ReadUserAsync(last.Id)).Role);
    }

    private async Task SetAsync(User user, Role role) =>
        (await host.Users.UpdateAsync(TestActors.MasterSecret(), new UpdateUserCommand { Id = user.Id, Role = role })).Require();
}
