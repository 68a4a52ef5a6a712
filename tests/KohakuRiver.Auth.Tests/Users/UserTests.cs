using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class UserTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task FindByName_InAnyCase_IsTheUserForThoseWhoMayList()
    {
        var mary = await host.AddUserAsync(Role.User, "Mary");
        Assert.Equal(mary.Id, (await host.Users.FindByNameAsync(TestActors.Admin(), "mARY")).Require().User.Id);
        ResultAssert.Refused(RefusalKind.Hidden, await host.Users.FindByNameAsync(TestActors.Admin(), "nobody"));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Users.FindByNameAsync(TestActors.Admin(), "no name\0"));
        foreach (var name in new[] { "mary", "nobody" })
        {
            ResultAssert.Refused(RefusalKind.Forbidden, await host.Users.FindByNameAsync(TestActors.User(), name));
            ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Users.FindByNameAsync(TestActors.Anonymous(), name));
        }
    }

    [Fact]
    public async Task Create_WithGroups_LogsIn()
    {
        var group = await host.AddGroupAsync("lab");
        var made = (await host.Users.CreateAsync(TestActors.Admin(), new CreateUserCommand
        {
            Username = "Alice", Password = AuthHarness.Password, Role = Role.User, DisplayName = " Alice ", GroupIds = [group, group],
        })).Require();

        Assert.Equal(("Alice", "Alice", Role.User), (made.User.Username, made.User.DisplayName, made.User.Role));
        Assert.Equal([group], made.Groups.Select(g => g.Id));
        Assert.Equal([group], (await host.LogInAsync("alice")).GroupIds);
    }

    [Fact]
    public async Task CheckNew_WithSeveralFaults_TellsAllAndCreatesNothing()
    {
        await host.AddUserAsync(Role.User, "mary");
        var taken = new CreateUserCommand { Username = "MARY", Password = AuthHarness.Password, Role = Role.Viewer };
        ResultAssert.Refused(RefusalKind.Conflict, await host.Users.CheckNewAsync(TestActors.Admin(), taken));
        Assert.Equal(
            ["DisplayName", "Password", "Username"],
            ResultAssert.Refused(
                RefusalKind.Invalid,
                await host.Users.CheckNewAsync(
                    TestActors.Admin(), taken with { DisplayName = "\u0007", Password = "passwordpasswordpassword" }))
                .Errors!.Keys.Order(StringComparer.Ordinal));
        ResultAssert.Faulty("Role", await host.Users.CheckNewAsync(TestActors.Admin(), taken with { Username = "ada", Role = null }));
        Assert.True((await host.Users.CheckNewAsync(TestActors.Admin(), taken with { Username = "ada" })).IsSuccess);
        Assert.Null(await host.Stores.Users.FindPasswordAsync("ada", CancellationToken.None));
    }

    [Fact]
    public async Task Create_WithoutPassword_IsOpenedByAResetCodeOfSevenDays()
    {
        var command = new CreateUserCommand { Username = "ada", WithoutPassword = true, Role = Role.User };
        ResultAssert.Faulty(
            "Password", await host.Users.CreateAsync(TestActors.Admin(), command with { Password = AuthHarness.Password }));
        var ada = (await host.Users.CreateAsync(TestActors.Admin(), command)).Require().User;
        foreach (var guess in new[] { "", "ada", AuthHarness.Password })
        {
            Assert.False((await host.Logins.LogInAsync("ada", guess, new ClientInfo())).IsSuccess);
        }

        var first = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), ada.Id)).Require();
        Assert.Equal(host.Clock.GetUtcNow() + TimeSpan.FromDays(7), first.ExpiresAt, TimeSpan.FromSeconds(1));
        (await host.Account.ResetPasswordAsync(first.Secret.Reveal(), AuthHarness.Password, new ClientInfo())).Require();
        await host.LogInAsync("ada");
        var next = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), ada.Id)).Require();
        Assert.Equal(host.Clock.GetUtcNow() + TimeSpan.FromHours(24), next.ExpiresAt, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Create_BadFields_TellsAllFaults()
    {
        var bad = await host.Users.CreateAsync(
            TestActors.Admin(), new CreateUserCommand { Username = "_", Password = "x", DisplayName = "\u0007" });
        Assert.Equal(
            ["DisplayName", "Password", "Role", "Username"],
            ResultAssert.Refused(RefusalKind.Invalid, bad).Errors!.Keys.Order(StringComparer.Ordinal));
        ResultAssert.Faulty("GroupIds", await host.Users.CreateAsync(TestActors.Admin(), new CreateUserCommand
        {
            Username = "alice", Password = AuthHarness.Password, Role = Role.User, GroupIds = [404],
        }));
        ResultAssert.Faulty("Password", await host.Users.CreateAsync(TestActors.Admin(), new CreateUserCommand
        {
            Username = "averylongusername", Password = "averylongusername", Role = Role.User,
        }));
        Assert.False(await host.Stores.Users.AnyAsync(CancellationToken.None));
    }

    [Fact]
    [Trait("Requirement", "R3")]
    public async Task Create_FiftyEqualNames_OneIsMade()
    {
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => Task.Run(() => host.Users.CreateAsync(TestActors.Admin(), new CreateUserCommand
        {
            Username = i % 2 == 0 ? "same" : "SAME", Password = AuthHarness.Password, Role = Role.User,
        }))));
        Assert.Single(outcomes, o => o.IsSuccess);
        Assert.All(outcomes.Where(o => !o.IsSuccess), o => ResultAssert.Refused(RefusalKind.Conflict, o));
    }

    [Fact]
    public async Task Update_OneBadPart_ChangesNothing()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var group = await host.AddGroupAsync("lab");
        var good = new UpdateUserCommand { Id = user.Id, DisplayName = "New", Role = Role.Viewer, IsActive = false, GroupIds = [group] };

        ResultAssert.Faulty("GroupIds", await host.Users.UpdateAsync(TestActors.Admin(), good with { GroupIds = [group, 404] }));
        ResultAssert.Faulty("DisplayName", await host.Users.UpdateAsync(TestActors.Admin(), good with { DisplayName = "" }));
        ResultAssert.Faulty("Role", await host.Users.UpdateAsync(TestActors.Admin(), good with { Role = (Role)5 }));
        Assert.Equal(user, await host.ReadUserAsync(user.Id));

        var updated = (await host.Users.UpdateAsync(TestActors.Admin(), good)).Require();
        Assert.Equal(("New", Role.Viewer, false), (updated.User.DisplayName, updated.User.Role, updated.User.IsActive));
        Assert.Equal([group], updated.Groups.Select(g => g.Id));
        Assert.Single(await host.ReadAuditAsync(AuditActions.UserUpdate));
    }

    [Theory]
    [InlineData(Role.Viewer, Role.Admin)]
    [InlineData(Role.Admin, Role.User)]
    [InlineData(Role.User, Role.Operator)]
    [Trait("Requirement", "V16.2.1")]
    public async Task Update_OfARole_RecordsTheOldAndTheNewOne(Role old, Role now)
    {
        await host.AddUserAsync(Role.Admin, "another");
        var user = await host.AddUserAsync(old, "alice");
        (await host.Users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = user.Id, Role = now })).Require();
        var entry = Assert.Single(await host.ReadAuditAsync(AuditActions.UserUpdate));
        Assert.Equal($"role {old.ToName()} → {now.ToName()}", entry.Detail);
        Assert.Equal(("alice", $"{user.Id}"), (entry.Target, entry.TargetId));
    }

    [Fact]
    public async Task Update_GroupsAddedAndRemoved_LeavesTheOthersAndIsTold()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var (lab, team, old) = (await host.AddGroupAsync("lab"), await host.AddGroupAsync("team"), await host.AddGroupAsync("old"));
        (await host.Users.UpdateAsync(TestActors.Admin(), new UpdateUserCommand { Id = user.Id, GroupIds = [lab, old] })).Require();

        var changed = (await host.Users.UpdateAsync(TestActors.Admin(),
            new UpdateUserCommand { Id = user.Id, AddGroupIds = [team, team], RemoveGroupIds = [old] })).Require();
        Assert.Equal([lab, team], changed.Groups.Select(g => g.Id).Order());
        Assert.Contains(
            await host.ReadAuditAsync(AuditActions.UserUpdate), e => e.Detail == $"groups added [{team}]; groups removed [{old}]");
    }

    [Fact]
    public async Task Update_GroupListsThatContradict_AreRefusedByName()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var lab = await host.AddGroupAsync("lab");
        foreach (var (field, change) in ((string, UpdateUserCommand)[])
        [
            ("AddGroupIds", new() { Id = user.Id, GroupIds = [], AddGroupIds = [lab] }),
            ("RemoveGroupIds", new() { Id = user.Id, GroupIds = [], RemoveGroupIds = [lab] }),
            ("RemoveGroupIds", new() { Id = user.Id, AddGroupIds = [lab], RemoveGroupIds = [lab] }),
            ("AddGroupIds", new() { Id = user.Id, AddGroupIds = [404] }),
            ("RemoveGroupIds", new() { Id = user.Id, RemoveGroupIds = [404] }),
        ])
        {
            ResultAssert.Faulty(field, await host.Users.UpdateAsync(TestActors.Admin(), change));
        }

        Assert.Empty(await host.ReadAuditAsync(AuditActions.UserUpdate));
    }

    [Fact]
    public async Task LastActiveAdmin_CannotBeDemotedDisabledOrDeleted_ByAnybody()
    {
        var last = await host.AddUserAsync(Role.Admin, "last");
        var sleeping = await host.AddUserAsync(Role.Admin, "sleeping");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = sleeping.Id, IsActive = false });
        foreach (var actor in new[] { TestActors.MasterSecret(), TestActors.Host(), TestActors.AuthOff(), TestActors.Of(sleeping) })
        {
            ResultAssert.Refused(
                RefusalKind.Conflict, await host.Users.UpdateAsync(actor, new UpdateUserCommand { Id = last.Id, Role = Role.Operator }));
            ResultAssert.Refused(
                RefusalKind.Conflict, await host.Users.UpdateAsync(actor, new UpdateUserCommand { Id = last.Id, IsActive = false }));
            ResultAssert.Refused(
                RefusalKind.Conflict,
                await host.Users.UpdateAsync(actor, new UpdateUserCommand { Id = last.Id, IsActive = false, DisplayName = "x" }));
            ResultAssert.Refused(RefusalKind.Conflict, await host.Users.DeleteAsync(actor, last.Id));
        }

        Assert.Equal(last, await host.ReadUserAsync(last.Id));
        Assert.True((await host.Users.DeleteAsync(Actor.Host, sleeping.Id)).IsSuccess);
    }

    [Fact]
    public async Task TwoAdmins_RemovingEachOther_OneStays()
    {
        for (var round = 0; round < 200; round++)
        {
            var first = await host.AddUserAsync(Role.Admin, $"first{round}");
            var second = await host.AddUserAsync(Role.Admin, $"second{round}");

            // Whoever is left of the round before goes, so that these two are the only ones.
            foreach (var old in (await host.Users.ListAsync(Actor.Host, new UserQuery { Role = Role.Admin, Page = new PageRequest(10) }))
                .Require().Items)
            {
                if (old.User.Id != first.Id && old.User.Id != second.Id)
                {
                    Assert.True((await host.Users.DeleteAsync(Actor.Host, old.User.Id)).IsSuccess);
                }
            }

            await Task.WhenAll(Task.Run(() => HitAsync(first, second, round)), Task.Run(() => HitAsync(second, first, round + 1)));

            var active = (await host.Users
                .ListAsync(Actor.Host, new UserQuery { Role = Role.Admin, IsActive = true, Page = new PageRequest(10) })).Require();
            Assert.Single(active.Items);
        }

        async Task HitAsync(User by, User target, int way)
        {
            var actor = TestActors.Of(by);
            switch (way % 3)
            {
                case 0: await host.Users.DeleteAsync(actor, target.Id); break;
                case 1: await host.Users.UpdateAsync(actor, new UpdateUserCommand { Id = target.Id, IsActive = false }); break;
                default: await host.Users.UpdateAsync(actor, new UpdateUserCommand { Id = target.Id, Role = Role.User }); break;
            }
        }
    }

    [Fact]
    public async Task Delete_KeepsApprovalsAndAudit_PendingOnesStayDecidable()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        await host.Approvals.SubmitAsync(TestActors.Of(user), MatrixWorld.NewTask("t1"));

        await host.Users.DeleteAsync(TestActors.Admin(), user.Id);

        var pending = Assert.Single((await host.Approvals.ListPendingAsync(TestActors.Operator(), new PageRequest(10))).Require().Items);
        Assert.Equal((null, "alice"), (pending.SubmitterId, pending.Submitter));
        Assert.True((await host.Approvals.ApproveAsync(TestActors.Operator(), "t1")).IsSuccess);
        Assert.Contains(await host.ReadAuditAsync(AuditActions.TaskSubmit), e => e.Actor == "alice" && e.ActorId == user.Id);
    }

    [Fact]
    [Trait("Requirement", "S4")]
    public async Task Delete_ResetCodesAndInvitationsOfTheUser_AreDead()
    {
        var user = await host.AddUserAsync(Role.Operator, "alice");
        var code = (await host.UserCredentials.CreateResetCodeAsync(TestActors.Admin(), user.Id)).Require();
        var invitation = (await host.Invitations
            .CreateAsync(TestActors.Of(user), new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require();

        await host.Users.DeleteAsync(TestActors.Admin(), user.Id);
        await host.AddUserAsync(Role.Operator, "alice");

        ResultAssert.Faulty(
            "Code", await host.Account.ResetPasswordAsync(code.Secret.Reveal(), AuthHarness.OtherPassword, new ClientInfo()));
        Assert.Empty((await host.Invitations.ListAsync(Actor.Host, new PageRequest(10))).Require().Items);
        ResultAssert.Faulty("InvitationCode", await host.Registrations.PreviewInvitationAsync(invitation.Secret.Reveal(), null));
    }

    [Fact]
    [Trait("Requirement", "S2")]
    public async Task SetPassword_EndsSessionsAndTokens()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var login = (await host.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).Require();
        var token = (
            await host.Tokens.CreateAsync((await host.SessionActorAsync(login.Secret))!, new CreateTokenCommand { Name = "t" })).Require();

        ResultAssert.Faulty("NewPassword", await host.Users.SetPasswordAsync(TestActors.Admin(), user.Id, "passwordpassword"));
        Assert.NotNull(await host.SessionActorAsync(login.Secret));
        Assert.True((await host.Users.SetPasswordAsync(TestActors.Admin(), user.Id, AuthHarness.OtherPassword)).IsSuccess);

        Assert.Null(await host.SessionActorAsync(login.Secret));
        Assert.Null(await host.TokenActorAsync(token.Secret));
    }

    [Fact]
    [Trait("Requirement", "V7.4.5")]
    public async Task EndSessions_EndsAllAndOnlyTheirs()
    {
        var alice = await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.User, "bob");
        var logins = new[] { await host.LogInAsync("alice"), await host.LogInAsync("alice") };
        await host.LogInAsync("bob");

        Assert.Equal(2, (await host.UserCredentials.ListSessionsAsync(TestActors.Admin(), alice.Id)).Require().Sessions.Count);
        Assert.Equal(2, (await host.UserCredentials.EndSessionsAsync(TestActors.Admin(), alice.Id)).Require());

        Assert.Empty((await host.Account.ListSessionsAsync(logins[0])).Require().Sessions);
        Assert.Equal(1, (await host.Users.ListAsync(Actor.Host, new UserQuery { Search = "bob", Page = new PageRequest(1) }))
            .Require().Items[0].ActiveSessions);
        ResultAssert.Refused(RefusalKind.Hidden, await host.UserCredentials.EndSessionsAsync(TestActors.Admin(), 999));
    }

    [Fact]
    public async Task EndSession_OnlyOfTheUserNamed()
    {
        var alice = await host.AddUserAsync(Role.User, "alice");
        var bob = await host.AddUserAsync(Role.User, "bob");
        var session = await host.LogInAsync("alice");

        ResultAssert.Refused(
            RefusalKind.Hidden, await host.UserCredentials.EndSessionAsync(TestActors.Admin(), bob.Id, session.CredentialId!.Value));
        Assert.True((await host.UserCredentials.EndSessionAsync(TestActors.Admin(), alice.Id, session.CredentialId!.Value)).IsSuccess);
        ResultAssert.Refused(
            RefusalKind.Hidden, await host.UserCredentials.EndSessionAsync(TestActors.Admin(), alice.Id, session.CredentialId!.Value));
    }

    [Fact]
    public async Task OwnSessions_ThroughTheAdminsCall_AreOnesOwnBusiness()
    {
        await host.AddUserAsync(Role.Viewer, "alice");
        var actor = await host.LogInAsync("alice");
        Assert.Equal(actor.CredentialId, (await host.UserCredentials.ListSessionsAsync(actor, actor.Id!.Value)).Require().CurrentId);
    }
}
