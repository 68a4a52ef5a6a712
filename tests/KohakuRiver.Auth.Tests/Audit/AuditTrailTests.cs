using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>Every change writes exactly one entry, with everything that tells who did what to whom.</summary>
public sealed class AuditTrailTests
{
    private static readonly Dictionary<string, (string Target, Func<MatrixWorld, Task> Call)> Changes = new(StringComparer.Ordinal)
    {
        [AuditActions.UserCreate] =
            ("user:new", w => w.Host.Users.CreateAsync(w.Me, new CreateUserCommand
            {
                Username = "created",
                Password = AuthHarness.Password,
                Role = Role.User,
            })),
        [AuditActions.UserUpdate] =
            ("user:other", w => w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand
            {
                Id = w.Other.Id,
                Role = Role.User,
                IsActive = false,
                DisplayName = "x",
                GroupIds = [w.Group],
            })),
        [AuditActions.UserDelete] = ("user:other", w => w.Host.Users.DeleteAsync(w.Me, w.Other.Id)),
        [AuditActions.UserUnlock] = ("user:other", w => w.Host.Users.UnlockAsync(w.Me, w.Other.Id)),
        [AuditActions.UserSetPassword] = ("user:other", w => w.Host.Users.SetPasswordAsync(w.Me, w.Other.Id, AuthHarness.OtherPassword)),
        [AuditActions.UserResetLink] = ("user:other", w => w.Host.UserCredentials.CreateResetCodeAsync(w.Me, w.Other.Id)),
        [AuditActions.SessionEndAll] = ("user:other", w => w.Host.UserCredentials.EndSessionsAsync(w.Me, w.Other.Id)),
        [AuditActions.SessionEnd] = ("session:me", w => w.Host.Account.EndSessionAsync(w.Me, w.Me.CredentialId!.Value)),
        [AuditActions.Logout] = ("session:me", w => w.Host.Logins.LogOutAsync(w.Me)),
        [AuditActions.PasswordChange] = (
            "user:me", w => w.Host.Account.ChangePasswordAsync(w.Me, AuthHarness.Password, AuthHarness.OtherPassword)),
        [AuditActions.IdentityLink] = (
            "user:me",
            w => w.Host.Identities.LinkOwnAsync(w.Me, MatrixWorld.NewPerson("4711", "scheme:Uni"), AuthHarness.Password)),
        [AuditActions.IdentityUnlink] = (
            "user:other", w => w.Host.Identities.UnlinkAsync(w.Me, w.Other.Id, w.OtherIdentity)),
        [AuditActions.TokenCreate] = ("token:new", w => w.Host.Tokens.CreateAsync(w.Me, new CreateTokenCommand { Name = "t" })),
        [AuditActions.TokenRevoke] = ("token:theirs", w => w.Host.Tokens.RevokeAsync(w.Me, w.OtherToken)),
        [AuditActions.GroupCreate] = ("group:new", w => w.Host.Groups.CreateAsync(w.Me, new CreateGroupCommand { Name = "new" })),
        [AuditActions.GroupUpdate] = ("group:lab", w => w.Host.Groups.UpdateAsync(w.Me, new UpdateGroupCommand { Id = w.Group, Tier = 7 })),
        [AuditActions.GroupDelete] = ("group:lab", w => w.Host.Groups.DeleteAsync(w.Me, w.Group)),
        [AuditActions.GroupMemberAdd] = ("group:lab", w => w.Host.Groups.AddMemberAsync(w.Me, w.Group, w.Other.Id)),
        [AuditActions.InvitationCreate] = (
            "invitation:new", w => w.Host.Invitations.CreateAsync(w.Me, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })),
        [AuditActions.InvitationRevoke] = ("invitation:theirs", w => w.Host.Invitations.RevokeAsync(w.Me, w.Invitation)),
        [AuditActions.TaskSubmit] = ("task:mine", w => w.Host.Approvals.SubmitAsync(w.Me, MatrixWorld.NewTask("mine"))),
        [AuditActions.TaskApprove] = ("task:task-1", w => w.Host.Approvals.ApproveAsync(w.Me, w.Task)),
        [AuditActions.TaskReject] = ("task:task-1", w => w.Host.Approvals.RejectAsync(w.Me, w.Task, "no")),
        [AuditActions.VpsAssign] = ("vps:vps-1", w => w.Host.Vps.AssignAsync(w.Me, w.Vps, [w.Other.Id], [])),
        [AuditActions.VpsUnassign] = ("vps:vps-1", w => w.Host.Vps.UnassignGroupAsync(w.Me, w.Vps, w.Group)),
        [AuditActions.VpsCreate] = ("vps:new", w => w.Host.VpsLifecycle.CreateAsync(w.Me, new VpsRequest { Name = "box" })),
        [AuditActions.VpsDelete] = ("vps:vps-1", w => w.Host.VpsLifecycle.DeleteAsync(w.Me, w.Vps)),
        [AuditActions.VpsForget] = ("vps:vps-1", w => w.Host.Vps.ForgetVpsAsync(w.Me, w.Vps)),
        [AuditActions.SettingsUpdate] = ("settings:", w => w.Host.Settings.UpdateAsync(w.Me, new SettingsChange { SessionIdleHours = 1 })),
    };

    public static TheoryData<string> Actions => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Actions))]
    [Trait("Requirement", "V16.2.1")]
    public async Task Change_WritesOneWholeEntry(string action)
    {
        using var world = await MatrixWorld.MakeAsync(TestActors.Admin());
        var before = (await world.Host.ReadAuditAsync()).Count;

        await Changes[action].Call(world);

        var entry = Assert.Single((await world.Host.ReadAuditAsync()).Skip(before));
        Assert.Equal(
            (
                action,
                AuditOutcome.Success,
                world.Me.Id,
                "real-admin",
                $"session:{world.Me.CredentialId}",
                AuthHarness.Address,
                world.Host.Now),
            (entry.Action, entry.Outcome, entry.ActorId, entry.Actor, entry.Credential, entry.IpAddress, entry.At));
        Assert.NotEqual(Guid.Empty, entry.OperationId);
        var target = Changes[action].Target.Split(':');
        Assert.Equal(target[0], entry.TargetType);
        var id = target[1] switch
        {
            "" => null,
            "other" => $"{world.Other.Id}",
            "me" when target[0] == "session" => $"{world.Me.CredentialId}",
            "me" => $"{world.Me.Id}",
            "theirs" when target[0] == "token" => $"{world.OtherToken}",
            "theirs" => $"{world.Invitation}",
            "lab" => $"{world.Group}",
            "new" => entry.TargetId,
            var named => named,
        };
        Assert.Equal(id, entry.TargetId);
        Assert.True(target[1] != "new" || entry.TargetId is { Length: > 0 });
    }

    [Fact]
    public async Task EveryAction_HasATest()
    {
        string[] elsewhere =
        [
            AuditActions.Login, AuditActions.Register, AuditActions.FirstAdmin, AuditActions.SetupCodeCreate, AuditActions.MasterSecret,
            AuditActions.Throttled,
            AuditActions.CrossSite, AuditActions.Denied, AuditActions.PasswordReset, AuditActions.PasswordConfirm,
            AuditActions.GroupMemberRemove, AuditActions.TaskWithdraw,
            AuditActions.AuditExport, AuditActions.MasterSecretRead, AuditActions.IdentityCreate,
        ];
        var all = typeof(AuditActions).GetFields().Select(f => (string)f.GetRawConstantValue()!);
        Assert.Empty(all.Except(Changes.Keys).Except(elsewhere));

        using var world = await MatrixWorld.MakeAsync(TestActors.User());
        var host = world.Host;
        await host.Setup.RenewCodeAsync();
        await host.Approvals.SubmitAsync(world.Me, MatrixWorld.NewTask("mine"));
        await host.Approvals.WithdrawAsync(world.Me, "mine");
        await host.Groups.AddMemberAsync(Actor.Host, world.Group, world.Other.Id);
        await host.Groups.RemoveMemberAsync(Actor.Host, world.Group, world.Other.Id);
        var code = (await host.UserCredentials.CreateResetCodeAsync(Actor.Host, world.Other.Id)).Require();
        await host.Account.ResetPasswordAsync(code.Secret.Reveal(), AuthHarness.OtherPassword, new ClientInfo(AuthHarness.Address));
        var invitation = (
            await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require();
        var made = (await host.Registrations.RegisterAsync(new RegisterCommand
        {
            Username =
                "newbie", Password =
                    AuthHarness.Password, InvitationCode = invitation.Secret.Reveal(), Client = new ClientInfo(AuthHarness.Address),
        })).Require();

        var withdrawn = Assert.Single(await host.ReadAuditAsync(AuditActions.TaskWithdraw));
        Assert.Equal(("mine", world.Me.Id), (withdrawn.TargetId, withdrawn.ActorId));
        var removed = Assert.Single(await host.ReadAuditAsync(AuditActions.GroupMemberRemove));
        Assert.Equal(($"{world.Group}", Actor.SystemName, "host"), (removed.TargetId, removed.Actor, removed.Credential));
        var reset = Assert.Single(await host.ReadAuditAsync(AuditActions.PasswordReset));
        Assert.Equal(($"{world.Other.Id}", "other", AuthHarness.Address), (reset.TargetId, reset.Target, reset.IpAddress));
        var registered = Assert.Single(await host.ReadAuditAsync(AuditActions.Register));
        Assert.Equal(
            ($"{made.User.User.Id}", "newbie", AuthHarness.Address), (registered.TargetId, registered.Target, registered.IpAddress));
        Assert.Contains(invitation.Invitation.Prefix, registered.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OperationIds_AreUnique()
    {
        using var world = await MatrixWorld.MakeAsync(TestActors.Admin());
        var entries = await world.Host.ReadAuditAsync();
        Assert.Equal(entries.Count, entries.Select(e => e.OperationId).Distinct().Count());
    }

    [Theory]
    [InlineData(ActorKind.MasterSecret, "master_secret")]
    [InlineData(ActorKind.AuthOff, "auth_off")]
    [InlineData(ActorKind.System, "host")]
    public async Task SystemActors_AreNamed(ActorKind kind, string credential)
    {
        using var host = new AuthHarness();
        await host.Groups.CreateAsync(Actor.Host with { Kind = kind }, new CreateGroupCommand { Name = "g" });
        var entry = Assert.Single(await host.ReadAuditAsync());
        Assert.Equal((null, Actor.SystemName, credential), (entry.ActorId, entry.Actor, entry.Credential));
    }
}
