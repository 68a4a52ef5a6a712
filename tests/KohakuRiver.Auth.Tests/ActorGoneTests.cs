using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Whoever was let in and is shut out before the change happens changes nothing: every change of every service, tried with an actor
/// resolved before and gone since. The store does the asking; that each service passes it on is what is tried here.
/// </summary>
public sealed class ActorGoneTests : IDisposable
{
    private static readonly Dictionary<string, Func<Scene, Actor, Task<Refusal?>>> Changes = new(StringComparer.Ordinal)
    {
        ["IAccountService.UpdateAsync"] = async (s, a) => Of(await s.Host.Account.UpdateAsync(a, new() { DisplayName = "New name" })),
        ["IAccountService.ChangePasswordAsync"] = async (s, a) =>
            Of(await s.Host.Account.ChangePasswordAsync(a, AuthHarness.Password, AuthHarness.OtherPassword)),
        ["IAccountService.EndSessionAsync"] = async (s, a) => Of(await s.Host.Account.EndSessionAsync(a, a.CredentialId!.Value)),
        ["IApprovalService.SubmitAsync"] = async (s, a) =>
            Of(await s.Host.Approvals.SubmitAsync(a, new TaskSubmission { TaskId = "new", Command = "echo" })),
        ["IApprovalService.ApproveAsync"] = async (s, a) => Of(await s.Host.Approvals.ApproveAsync(a, "pending")),
        ["IApprovalService.RejectAsync"] = async (s, a) => Of(await s.Host.Approvals.RejectAsync(a, "pending", "no")),
        ["IGroupService.CreateAsync"] = async (s, a) => Of(await s.Host.Groups.CreateAsync(a, new CreateGroupCommand { Name = "another" })),
        ["IGroupService.UpdateAsync"] = async (s, a) =>
            Of(await s.Host.Groups.UpdateAsync(a, new UpdateGroupCommand { Id = s.GroupId, Tier = 3 })),
        ["IGroupService.DeleteAsync"] = async (s, a) => Of(await s.Host.Groups.DeleteAsync(a, s.GroupId)),
        ["IGroupService.AddMemberAsync"] = async (s, a) => Of(await s.Host.Groups.AddMemberAsync(a, s.GroupId, s.Other.Id)),
        ["IGroupService.RemoveMemberAsync"] = async (s, a) => Of(await s.Host.Groups.RemoveMemberAsync(a, s.GroupId, s.Target.Id)),
        ["IIdentityService.LinkOwnAsync"] = async (s, a) =>
            Of(await s.Host.Identities.LinkOwnAsync(a, MatrixWorld.NewPerson("own"), AuthHarness.Password)),
        ["IIdentityService.LinkAsync"] = async (s, a) =>
            Of(await s.Host.Identities.LinkAsync(a, s.Target.Id, MatrixWorld.NewPerson("theirs", "scheme:Uni"))),
        ["IIdentityService.UnlinkAsync"] = async (s, a) => Of(await s.Host.Identities.UnlinkAsync(a, s.Target.Id, s.IdentityId)),
        ["IInvitationService.CreateAsync"] = async (s, a) =>
            Of(await s.Host.Invitations.CreateAsync(a, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })),
        ["IInvitationService.RevokeAsync"] = async (s, a) => Of(await s.Host.Invitations.RevokeAsync(a, s.InvitationId)),
        ["ISettingsService.UpdateAsync"] = async (s, a) =>
            Of(await s.Host.Settings.UpdateAsync(a, new SettingsChange { SessionLifetimeHours = 3 })),
        ["ITokenService.CreateAsync"] = async (s, a) =>
            Of(await s.Host.Tokens.CreateAsync(a, new CreateTokenCommand { Name = "kept by a thief" })),
        ["ITokenService.RevokeAsync"] = async (s, a) => Of(await s.Host.Tokens.RevokeAsync(a, s.TokenId)),
        ["IUserCredentialService.EndSessionAsync"] = async (s, a) =>
            Of(await s.Host.UserCredentials.EndSessionAsync(a, s.Target.Id, s.SessionId)),
        ["IUserCredentialService.EndSessionsAsync"] = async (s, a) => Of(await s.Host.UserCredentials.EndSessionsAsync(a, s.Target.Id)),
        ["IUserCredentialService.CreateResetCodeAsync"] = async (s, a) =>
            Of(await s.Host.UserCredentials.CreateResetCodeAsync(a, s.Target.Id)),
        ["IUserService.CreateAsync"] = async (s, a) => Of(await s.Host.Users.CreateAsync(
            a, new CreateUserCommand { Username = "made", Password = AuthHarness.Password, Role = Role.Admin })),
        ["IUserService.CreateWithCodeAsync"] = async (s, a) => Of(await s.Host.Users.CreateWithCodeAsync(
            a, new CreateUserCommand { Username = "made", Role = Role.Admin })),
        ["IUserService.UpdateAsync"] = async (s, a) =>
            Of(await s.Host.Users.UpdateAsync(a, new UpdateUserCommand { Id = s.Target.Id, Role = Role.Admin })),
        ["IUserService.SetPasswordAsync"] = async (s, a) =>
            Of(await s.Host.Users.SetPasswordAsync(a, s.Target.Id, AuthHarness.OtherPassword)),
        ["IUserService.UnlockAsync"] = async (s, a) => Of(await s.Host.Users.UnlockAsync(a, s.Target.Id)),
        ["IUserService.DeleteAsync"] = async (s, a) => Of(await s.Host.Users.DeleteAsync(a, s.Target.Id)),
        ["IVpsAccessService.AssignAsync"] = async (s, a) => Of(await s.Host.Vps.AssignAsync(a, "vps-2", [s.Target.Id], [])),
        ["IVpsAccessService.UnassignUserAsync"] = async (s, a) => Of(await s.Host.Vps.UnassignUserAsync(a, "vps-1", s.Target.Id)),
        ["IVpsAccessService.UnassignGroupAsync"] = async (s, a) => Of(await s.Host.Vps.UnassignGroupAsync(a, "vps-1", s.GroupId)),
        ["IVpsLifecycleService.CreateAsync"] = async (s, a) =>
            Of(await s.Host.VpsLifecycle.CreateAsync(a, new VpsRequest { Name = "new" })),
        ["IVpsLifecycleService.DeleteAsync"] = async (s, a) => Of(await s.Host.VpsLifecycle.DeleteAsync(a, "vps-1")),
        ["IVpsAccessService.ForgetVpsAsync"] = async (s, a) => Of(await s.Host.Vps.ForgetVpsAsync(a, "vps-1")),
    };

    private readonly AuthHarness host = new(build: b => b.UseInMemoryVps());

    public static TheoryData<string, bool> Rows => new MatrixTheoryData<string, bool>([.. Changes.Keys], [true, false]);

    // Changing the password is the one thing left to whoever has to, and only by a login.
    public static TheoryData<string, bool> RowsBesidesOwnPassword => new(
        from change in Changes.Keys
        from byToken in (bool[])[true, false]
        where byToken || change != "IAccountService.ChangePasswordAsync"
        select (change, byToken));

    /// <summary>The services' own list: a method that changes something by an actor and stands in no row fails here.</summary>
    [Fact]
    public void Changes_OfAllServices_AreListed()
    {
        // Reading, or deciding about a credential itself.
        string[] others =
        [
            "AccountNoticeService.GetAsync", "IAccountService.GetAsync", "IAccountService.ListSessionsAsync",
            "IAccountService.ConfirmPasswordAsync",
            "IApprovalService.ListPendingAsync", "IApprovalService.CountPendingAsync", "IApprovalService.ListAsync",
            "IApprovalService.ListPendingSubmittersAsync", "IApprovalService.SearchAsync",
            "IAuditService.ListAsync", "IAuditService.RecordAsync", "IAuditService.RecordRefusalAsync",
            "IAuditService.RecordMasterReadAsync", "IAuditService.Export",
            "IGroupService.ListAsync", "IGroupService.GetAsync", "IGroupService.ListMembersAsync", "IGroupService.GetEffectiveLimitsAsync",
            "IIdentityService.ListAsync",
            "IInvitationService.ListAsync", "ILoginService.LogOutAsync", "ICredentialService.NoteUse", "ISettingsService.GetAsync",
            "ITokenService.ListAsync",
            "ITokenService.ListOwnAsync", "IUserCredentialService.ListSessionsAsync", "IUserService.ListAsync", "IUserService.GetAsync",
            "IUserService.FindByNameAsync", "IUserService.CheckNewAsync",
            "IVpsAccessService.CanUseAsync", "IVpsAccessService.ListOwnAsync", "IVpsAccessService.ListOfUserAsync",
            "IVpsAccessService.ListAsync", "IVpsAccessService.ListUnknownAsync", "IVpsLifecycleService.GetOfferAsync",

            // A withdrawal is the same verb as an approval; who submitted is all that may do it.
            "IApprovalService.WithdrawAsync",
        ];
        var found = typeof(IUserService).Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && t.Name.EndsWith("Service", StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods()
                .Where(m => m.DeclaringType == t && m.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor))
                .Select(m => $"{t.Name}.{m.Name}"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Contains("IUserService.CreateAsync", found);
        Assert.Empty(found.Except(Changes.Keys, StringComparer.Ordinal).Except(others, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    [Trait("Requirement", "S6")]
    public async Task Change_ByAnActorDeletedSince_IsUnauthenticatedAndChangesNothing(string change, bool byToken)
    {
        var scene = await SetSceneAsync(byToken);
        var deleted = await host.Stores.Accounts.TryDeleteUserAsync(scene.Actor.Id!.Value, Write(), CancellationToken.None);
        Assert.True(deleted.IsDone);
        await AssertRefusedAsync(change, scene, RefusalKind.Unauthenticated);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    [Trait("Requirement", "S6")]
    public async Task Change_ByAnActorDemotedSince_IsForbiddenAndChangesNothing(string change, bool byToken)
    {
        var scene = await SetSceneAsync(byToken);
        var demoted = await host.Stores.Accounts.TryUpdateUserAsync(
            scene.Actor.Id!.Value, new UserChange { Role = Role.Operator }, host.Now, Write(), CancellationToken.None);
        Assert.True(demoted.IsDone);
        await AssertRefusedAsync(change, scene, RefusalKind.Forbidden);
    }

    [Theory]
    [MemberData(nameof(RowsBesidesOwnPassword))]
    [Trait("Requirement", "S6")]
    public async Task Change_ByAnActorWhoMustChangeThePasswordSince_IsForbiddenAndChangesNothing(string change, bool byToken)
    {
        var scene = await SetSceneAsync(byToken);
        var required = await host.Stores.Accounts.TryUpdateUserAsync(
            scene.Actor.Id!.Value, new UserChange { MustChangePassword = true }, host.Now, Write(), CancellationToken.None);
        Assert.True(required.IsDone);
        await AssertRefusedAsync(change, scene, RefusalKind.Forbidden);
    }

    public void Dispose() => host.Dispose();

    private static Refusal? Of(KohakuResult outcome) => outcome.Refusal;

    private static async Task AssertRefusedAsync(string change, Scene scene, RefusalKind expected)
    {
        // Some changes are for sessions alone, whoever makes them.
        if (scene.Actor.Kind == ActorKind.Token && change is "IAccountService.ChangePasswordAsync" or "IIdentityService.LinkOwnAsync")
        {
            expected = RefusalKind.Forbidden;
        }

        var before = await scene.Host.ReadAuditAsync();
        var instances = scene.Host.Get<InMemoryVps>().Instances;
        Assert.Equal(expected, (await Changes[change](scene, scene.Actor))?.Kind);
        Assert.Equal(instances, scene.Host.Get<InMemoryVps>().Instances);
        Assert.DoesNotContain(await scene.Host.ReadAuditAsync(), e => !before.Contains(e) && e.Outcome == AuditOutcome.Success);
    }

    private AuthorizedWrite Write() => AuthorizedWrite.By(Actor.Host, AuditEntries.By(Actor.Host, host.Now, "test.arrange"));

    private async Task<Scene> SetSceneAsync(bool byToken)
    {
        await host.AddUserAsync(Role.Admin, "stays");
        await host.AddUserAsync(Role.Admin, "goes");
        var target = await host.AddUserAsync(Role.User, "target");
        var other = await host.AddUserAsync(Role.User, "other");
        var actor = await host.LogInAsync("goes");
        var victim = await host.LogInAsync("target");
        var group = await host.AddGroupAsync("lab");
        Assert.True((await host.Groups.AddMemberAsync(actor, group, target.Id)).IsSuccess);
        host.Get<InMemoryVps>().Add(new VpsInfo("vps-1", "box"));
        host.Get<InMemoryVps>().Add(new VpsInfo("vps-2", "other box"));
        Assert.True((await host.Vps.AssignAsync(actor, "vps-1", [target.Id], [group])).IsSuccess);
        Assert.True((await host.Approvals.SubmitAsync(victim, new TaskSubmission { TaskId = "pending", Command = "echo" })).IsSuccess);
        var token = (await host.Tokens.CreateAsync(victim, new CreateTokenCommand { Name = "one" })).Require();
        var invitation = (await host.Invitations
            .CreateAsync(await host.LogInAsync("stays"), new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 })).Require();
        var identity = (await host.Identities.LinkAsync(actor, target.Id, MatrixWorld.NewPerson("linked"))).Require();
        if (byToken)
        {
            var own = (await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "own" })).Require();
            actor = (await host.TokenActorAsync(own.Secret))!;
        }

        return new Scene(
            host, actor, target, other, group, token.Token.Id, invitation.Invitation.Id, victim.CredentialId!.Value, identity.Id);
    }

    private sealed record Scene(
        AuthHarness Host, Actor Actor, User Target, User Other, long GroupId, long TokenId, long InvitationId, long SessionId,
        long IdentityId);
}
