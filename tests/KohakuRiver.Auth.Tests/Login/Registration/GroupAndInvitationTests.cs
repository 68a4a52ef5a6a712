using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class GroupAndInvitationTests : IDisposable
{
    private static readonly PageRequest Page = new(100);
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Group_CreateChangeDelete()
    {
        var admin = TestActors.Admin();
        var made = (await host.Groups.CreateAsync(admin, new CreateGroupCommand
        {
            Name = " Lab ", Description = " text ", Tier = 3, Limits = new Dictionary<string, long> { ["max_tasks"] = 10 },
        })).Require();
        Assert.Equal(("Lab", "text", 3, 10L), (made.Name, made.Description, made.Tier, made.Limits["max_tasks"]));

        var changed = (await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = made.Id, Tier = 4 })).Require();
        Assert.Equal(("Lab", "text", 4, 10L), (changed.Name, changed.Description, changed.Tier, changed.Limits["max_tasks"]));
        changed = (await host.Groups
            .UpdateAsync(admin, new UpdateGroupCommand { Id = made.Id, Name = "LAB", Limits = new Dictionary<string, long>() })).Require();
        Assert.Equal("LAB", changed.Name);
        Assert.Empty(changed.Limits);

        Assert.True((await host.Groups.DeleteAsync(admin, made.Id)).IsSuccess);
        ResultAssert.Refused(RefusalKind.Hidden, await host.Groups.DeleteAsync(admin, made.Id));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = made.Id, Tier = 1 }));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Groups.GetAsync(admin, made.Id));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Groups.ListMembersAsync(admin, made.Id, new UserQuery { Page = Page }));
    }

    [Fact]
    public async Task Group_BadFields_AreInvalid()
    {
        var admin = TestActors.Admin();
        ResultAssert.Faulty("Name", await host.Groups.CreateAsync(admin, new CreateGroupCommand {  }));
        ResultAssert.Faulty(
            "Description",
            await host.Groups.CreateAsync(admin, new CreateGroupCommand { Name = "g", Description = new string('x', 1001) }));
        ResultAssert.Faulty("Tier", await host.Groups.CreateAsync(admin, new CreateGroupCommand { Name = "g", Tier = 1_000_001 }));
        ResultAssert.Faulty("Limits", await host.Groups.CreateAsync(admin, new CreateGroupCommand
        {
            Name = "g",
            Limits = new Dictionary<string,
            long> { ["max_tasks"] = -1 },
        }));
        ResultAssert.Faulty("Limits", await host.Groups.CreateAsync(admin, new CreateGroupCommand
        {
            Name = "g",
            Limits = new Dictionary<string,
            long> { ["Max"] = 1 },
        }));
        var id = await host.AddGroupAsync("g");
        ResultAssert.Faulty("Name", await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, Name = "" }));
        var one = new Dictionary<string, long> { ["a"] = 1 };
        var many = Enumerable.Range(0, 50).ToDictionary(i => $"k{i}", _ => 1L);
        ResultAssert.Faulty(
            "SetLimits", await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, Limits = one, SetLimits = one }));
        ResultAssert.Faulty(
            "RemoveLimits", await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, Limits = one, RemoveLimits = ["a"] }));
        ResultAssert.Faulty(
            "RemoveLimits",
            await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, SetLimits = one, RemoveLimits = ["a"] }));
        ResultAssert.Faulty("RemoveLimits", await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, RemoveLimits = [""] }));
        ResultAssert.Faulty("SetLimits", await host.Groups.UpdateAsync(admin, new UpdateGroupCommand
        {
            Id = id,
            SetLimits = new Dictionary<string,
            long> { ["a"] = -1 },
        }));
        (await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, Limits = many })).Require();
        ResultAssert.Faulty("SetLimits", await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, SetLimits = one }));
        Assert.Equal(50, (await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, SetLimits = one, RemoveLimits = ["k0"] }))
            .Require().Limits.Count);
        ResultAssert.Refused(
            RefusalKind.Hidden, await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = 404, SetLimits = one }));
        await host.AddGroupAsync("taken");
        ResultAssert.Refused(
            RefusalKind.Conflict, await host.Groups.UpdateAsync(admin, new UpdateGroupCommand { Id = id, Name = "TAKEN" }));
    }

    [Fact]
    public async Task Members_AddTwiceListAndRemove()
    {
        var admin = TestActors.Admin();
        var user = await host.AddUserAsync(Role.User, "alice");
        var group = await host.AddGroupAsync("lab");

        Assert.True((await host.Groups.AddMemberAsync(admin, group, user.Id)).IsSuccess);
        Assert.True((await host.Groups.AddMemberAsync(admin, group, user.Id)).IsSuccess);
        Assert.Equal(["alice"], (await host.Groups.ListMembersAsync(TestActors.Operator(), group,
            new UserQuery { Page = Page, GroupId = 999 })).Require().Items.Select(u => u.User.Username));
        Assert.Equal(1, (await host.Groups.GetAsync(admin, group)).Require().MemberCount);
        ResultAssert.Refused(RefusalKind.Hidden, await host.Groups.AddMemberAsync(admin, group, 999));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Groups.AddMemberAsync(admin, 999, user.Id));

        Assert.True((await host.Groups.RemoveMemberAsync(admin, group, user.Id)).IsSuccess);
        ResultAssert.Refused(RefusalKind.Hidden, await host.Groups.RemoveMemberAsync(admin, group, user.Id));
    }

    [Fact]
    public async Task Limits_MostGenerousOfTheUsersGroups_WithItsGroup()
    {
        var small = await host.AddGroupAsync("small", ("max_tasks", 5), ("max_vps", 3), ("only_small", 0));
        var large = await host.AddGroupAsync("large", ("max_tasks", 10), ("max_vps", 3));
        await host.AddGroupAsync("foreign", ("max_tasks", 1000));
        var user = await host.AddUserAsync(Role.User, "alice", groupIds: [small, large]);

        var limits = await host.Groups.GetLimitsAsync(user.Id);

        Assert.Equal(
            [("max_tasks", 10L, "large"), ("max_vps", 3L, "large"), ("only_small", 0L, "small")],
            limits.Select(l => (l.Key, l.Value, l.Group.Name)));
        await host.Groups.RemoveMemberAsync(TestActors.Admin(), large, user.Id);
        Assert.Equal(5, (await host.Groups.GetLimitsAsync(user.Id)).Single(l => l.Key == "max_tasks").Value);
        Assert.Empty(await host.Groups.GetLimitsAsync(999));
    }

    [Fact]
    [Trait("Requirement", "V6.4.1")]
    public async Task Invitation_LifetimeFromSettingsOrTheMaker()
    {
        var operatorUser = await host.AddUserAsync(Role.Operator, "op");
        var made = (await host.Invitations
            .CreateAsync(TestActors.Of(operatorUser), new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require();
        Assert.Equal(host.Now + TimeSpan.FromHours(72), made.Invitation.ExpiresAt);
        await host.Settings.UpdateAsync(Actor.Host, new SettingsChange { InvitationLifetimeHours = 5 });
        Assert.Equal(host.Now + TimeSpan.FromHours(5), (await host.Invitations.CreateAsync(
            Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require().Invitation.ExpiresAt);
        Assert.Equal(host.Now + TimeSpan.FromDays(30), (await host.Invitations.CreateAsync(Actor.Host,
            new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1, ExpiresHours = 720 })).Require().Invitation.ExpiresAt);
    }

    [Theory]
    [InlineData(0, 1, "MaxUses")]
    [InlineData(-1, 1, "MaxUses")]
    [InlineData(10_001, 1, "MaxUses")]
    [InlineData(1, 0, "ExpiresHours")]
    [InlineData(1, 721, "ExpiresHours")]
    [Trait("Requirement", "V2.2.3")]
    public async Task Invitation_BadFields_AreInvalid(int uses, int hours, string field) =>
        ResultAssert.Faulty(field, await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand
        {
            Role = Role.Viewer,
            MaxUses = uses,
            ExpiresHours = hours,
        }));

    [Fact]
    public async Task Invitation_UnknownGroup_IsInvalid_DeletedGroupTakesItAlong()
    {
        ResultAssert.Faulty(
            "GroupId",
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, GroupId = 404, MaxUses = 1 }));
        var group = await host.AddGroupAsync("lab");
        var made = (await host.Invitations
            .CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, GroupId = group, MaxUses = 1 })).Require();
        await host.Groups.DeleteAsync(TestActors.Admin(), group);
        ResultAssert.Faulty("InvitationCode", await host.Registrations.PreviewInvitationAsync(made.Secret.Reveal(), null));
    }

    [Fact]
    [Trait("Requirement", "V2.3.2"), Trait("Requirement", "S5")]
    public async Task Invitation_OpenOnesAreLimited_ClosedOnesDoNotCount()
    {
        using var small = host.Second(o => o.Limits.OpenInvitations = 3);
        await small.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1, ExpiresHours = 1 });
        small.Clock.Advance(TimeSpan.FromHours(1));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => small.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 }))));

        Assert.Equal(3, outcomes.Count(o => o.IsSuccess));
        Assert.All(outcomes.Where(o => !o.IsSuccess), o => ResultAssert.Refused(RefusalKind.Conflict, o));
    }

    [Fact]
    public async Task Invitation_OperatorSeesAndRevokesOwn_AdminAll()
    {
        var op = TestActors.Of(await host.AddUserAsync(Role.Operator, "op"));
        var own = (
            await host.Invitations.CreateAsync(op, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require().Invitation;
        var others = (await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Admin, MaxUses = 1 }))
            .Require().Invitation;

        Assert.Equal([own.Id], (await host.Invitations.ListAsync(op, Page)).Require().Items.Select(i => i.Id));
        Assert.Equal([others.Id, own.Id], (await host.Invitations.ListAsync(TestActors.Admin(), Page)).Require().Items.Select(i => i.Id));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Invitations.RevokeAsync(op, others.Id));
        Assert.True((await host.Invitations.RevokeAsync(op, own.Id)).IsSuccess);
        ResultAssert.Refused(RefusalKind.Hidden, await host.Invitations.RevokeAsync(op, own.Id));
        Assert.True((await host.Invitations.RevokeAsync(TestActors.Admin(), others.Id)).IsSuccess);
    }
}
