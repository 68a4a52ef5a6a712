using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>With the database away nobody is let in and nobody turned away: every call says that it cannot tell.</summary>
public sealed class OutageTests
{
    private static readonly PageRequest Page = new(10);

    private static readonly ExternalPerson Elsewhere = MatrixWorld.NewPerson("4711", "scheme:Uni");

    private static readonly Dictionary<string, Func<MatrixWorld, Task>> Calls = new(StringComparer.Ordinal)
    {
        ["Logins.LogIn"] = w => w.Host.Logins.LogInAsync("other", AuthHarness.Password, new ClientInfo(AuthHarness.Address)),
        ["Logins.LogIn without address"] = w => w.Host.Logins.LogInAsync("other", AuthHarness.Password, new ClientInfo()),
        ["Logins.LogOut"] = w => w.Host.Logins.LogOutAsync(w.Me),
        ["Credentials.Session"] = w =>
            w.Host.Credentials.FindSessionActorAsync(SecretGenerator.Create(SecretKind.Session).Reveal(), null).AsTask(),
        ["Credentials.Token"] = w =>
            w.Host.Credentials.FindTokenActorAsync(SecretGenerator.Create(SecretKind.ApiToken).Reveal(), null).AsTask(),
        ["Credentials.MasterSecret"] = w => w.Host.Credentials.CheckMasterSecretAsync("wrong", AuthHarness.Address),
        ["Registrations.Register openly"] = w => w.Host.Registrations.RegisterAsync(Command()),
        ["Registrations.Register invited"] = w =>
            w.Host.Registrations.RegisterAsync(Command() with { InvitationCode = SecretGenerator.Create(SecretKind.Invitation).Reveal() }),
        ["Registrations.Register secret"] = w => w.Host.Registrations.RegisterAsync(Command() with { RegisterSecret = "guess" }),
        ["Registrations.Preview"] = w =>
            w.Host.Registrations.PreviewInvitationAsync(SecretGenerator.Create(SecretKind.Invitation).Reveal(), AuthHarness.Address),
        ["Account.Get"] = w => w.Host.Account.GetAsync(w.Me),
        ["Account.Update"] = w => w.Host.Account.UpdateAsync(w.Me, new() { DisplayName = "x" }),
        ["Account.ChangePassword"] = w => w.Host.Account.ChangePasswordAsync(w.Me, AuthHarness.Password, AuthHarness.OtherPassword),
        ["Account.ResetPassword"] = w =>
            w.Host.Account.ResetPasswordAsync(
                SecretGenerator.Create(SecretKind.PasswordReset).Reveal(), AuthHarness.Password, new ClientInfo()),
        ["Account.ListSessions"] = w => w.Host.Account.ListSessionsAsync(w.Me),
        ["Account.EndSession"] = w => w.Host.Account.EndSessionAsync(w.Me, 1),
        ["Users.List"] = w => w.Host.Users.ListAsync(w.Me, new UserQuery { Page = Page }),
        ["Users.FindByName"] = w => w.Host.Users.FindByNameAsync(w.Me, w.Other.Username),
        ["Users.Get"] = w => w.Host.Users.GetAsync(w.Me, w.Other.Id),
        ["Users.Create"] = w =>
            w.Host.Users.CreateAsync(
                w.Me, new CreateUserCommand { Username = "created", Password = AuthHarness.Password, Role = Role.User }),
        ["Users.CreateWithCode"] = w =>
            w.Host.Users.CreateWithCodeAsync(w.Me, new CreateUserCommand { Username = "created", Role = Role.User }),
        ["Users.Update"] = w => w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand { Id = w.Other.Id, Role = Role.User }),
        ["Users.SetPassword"] = w => w.Host.Users.SetPasswordAsync(w.Me, w.Other.Id, AuthHarness.OtherPassword),
        ["Users.Unlock"] = w => w.Host.Users.UnlockAsync(w.Me, w.Other.Id),
        ["Users.Delete"] = w => w.Host.Users.DeleteAsync(w.Me, w.Other.Id),
        ["UserCredentials.ListSessions"] = w => w.Host.UserCredentials.ListSessionsAsync(w.Me, w.Other.Id),
        ["UserCredentials.EndSessions"] = w => w.Host.UserCredentials.EndSessionsAsync(w.Me, w.Other.Id),
        ["UserCredentials.CreateResetCode"] = w => w.Host.UserCredentials.CreateResetCodeAsync(w.Me, w.Other.Id),
        ["Credentials.Identity"] = w => w.Host.Credentials.FindIdentityActorAsync(Elsewhere.Key, null).AsTask(),
        ["Identities.List"] = w => w.Host.Identities.ListAsync(w.Me, w.Other.Id),
        ["Identities.LinkOwn"] = w => w.Host.Identities.LinkOwnAsync(w.Me, Elsewhere, AuthHarness.Password),
        ["Identities.Link"] = w => w.Host.Identities.LinkAsync(w.Me, w.Other.Id, Elsewhere),
        ["Identities.Unlink"] = w => w.Host.Identities.UnlinkAsync(w.Me, w.Other.Id, 1),
        ["Identities.SignUp"] = w => w.Host.Identities.SignUpAsync(Elsewhere, Role.Viewer, null),
        ["Tokens.Create"] = w => w.Host.Tokens.CreateAsync(w.Me, new CreateTokenCommand { Name = "t" }),
        ["Tokens.List"] = w => w.Host.Tokens.ListAsync(w.Me, null, Page),
        ["Tokens.Revoke"] = w => w.Host.Tokens.RevokeAsync(w.Me, w.OtherToken),
        ["Groups.List"] = w => w.Host.Groups.ListAsync(w.Me, Page),
        ["Groups.Get"] = w => w.Host.Groups.GetAsync(w.Me, w.Group),
        ["Groups.Create"] = w => w.Host.Groups.CreateAsync(w.Me, new CreateGroupCommand { Name = "g" }),
        ["Groups.Update"] = w => w.Host.Groups.UpdateAsync(w.Me, new UpdateGroupCommand { Id = w.Group, Tier = 1 }),
        ["Groups.Delete"] = w => w.Host.Groups.DeleteAsync(w.Me, w.Group),
        ["Groups.AddMember"] = w => w.Host.Groups.AddMemberAsync(w.Me, w.Group, w.Other.Id),
        ["Groups.RemoveMember"] = w => w.Host.Groups.RemoveMemberAsync(w.Me, w.Group, w.Other.Id),
        ["Groups.GetLimits"] = w => w.Host.Groups.GetLimitsAsync(w.Other.Id),
        ["Invitations.Create"] = w =>
            w.Host.Invitations.CreateAsync(w.Me, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1, ExpiresHours = 1 }),
        ["Invitations.List"] = w => w.Host.Invitations.ListAsync(w.Me, Page),
        ["Invitations.Revoke"] = w => w.Host.Invitations.RevokeAsync(w.Me, w.Invitation),
        ["Approvals.Submit"] = w => w.Host.Approvals.SubmitAsync(w.Me, MatrixWorld.NewTask("t")),
        ["Approvals.Approve"] = w => w.Host.Approvals.ApproveAsync(w.Me, w.Task),
        ["Approvals.Reject"] = w => w.Host.Approvals.RejectAsync(w.Me, w.Task, null),
        ["Approvals.Withdraw"] = w => w.Host.Approvals.WithdrawAsync(w.Me, w.Task),
        ["Approvals.Search"] = w => w.Host.Approvals.SearchAsync(w.Me, new ApprovalQuery { Page = Page }),
        ["Approvals.List"] = w => w.Host.Approvals.ListAsync(w.Me, null, Page),
        ["Approvals.ListPendingSubmitters"] = w => w.Host.Approvals.ListPendingSubmittersAsync(w.Me),
        ["Approvals.CountPending"] = w => w.Host.Approvals.CountPendingAsync(w.Me),
        ["Approvals.Find"] = w => w.Host.Approvals.FindAsync([w.Task]),
        ["Delivery.DeliverDue"] = w => w.Host.Delivery.DeliverDueAsync(),
        ["Vps.CanUse"] = w => w.Host.Vps.CanUseAsync(TestActors.Of(w.Other), w.Vps),
        ["Vps.ListOwn"] = w => w.Host.Vps.ListOwnAsync(w.Me),
        ["Vps.List"] = w => w.Host.Vps.ListAsync(w.Me, w.Vps),
        ["Vps.Assign"] = w => w.Host.Vps.AssignAsync(w.Me, w.Vps, [w.Other.Id], []),
        ["Vps.Unassign"] = w => w.Host.Vps.UnassignUserAsync(w.Me, w.Vps, w.Other.Id),
        ["Vps.Forget"] = w => w.Host.Vps.ForgetVpsAsync(w.Me, w.Vps),
        ["Settings.Get"] = w => w.Host.Settings.GetAsync(w.Me),
        ["VpsLifecycle.Create"] = w => w.Host.VpsLifecycle.CreateAsync(w.Me, new VpsRequest { Name = "box" }),
        ["VpsLifecycle.Create by the host"] = w => w.Host.VpsLifecycle.CreateAsync(Actor.Host, new VpsRequest { Name = "box" }),
        ["VpsLifecycle.Delete"] = w => w.Host.VpsLifecycle.DeleteAsync(w.Me, w.Vps),
        ["Settings.Update"] = w => w.Host.Settings.UpdateAsync(w.Me, new SettingsChange { SessionIdleHours = 1 }),
        ["Audit.List"] = w => w.Host.Audit.ListAsync(w.Me, new AuditQuery()),
        ["Setup.IsRequired"] = w => w.Host.Setup.IsRequiredAsync().AsTask(),
        ["Setup.RenewCode"] = w => w.Host.Setup.RenewCodeAsync(),
        ["Startup"] = w => w.Host.Get<StartupService>().StartAsync(),
        ["Maintenance"] = w => w.Host.Get<Pruning>().PruneAsync(),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "V16.5.2"), Trait("Requirement", "V16.5.3")]
    public async Task StoreDown_IsAnExceptionAndNothingElse_AndItGoesOnAfterwards(string call)
    {
        using var world = await MatrixWorld.MakeAsync(TestActors.Admin());

        // What is remembered for a moment, such as the settings, is no answer any more.
        world.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var before = await world.Host.ReadAuditAsync();
        world.Host.Database.IsDown = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Calls[call](world));

        world.Host.Database.IsDown = false;
        Assert.Equal(before.Count, (await world.Host.ReadAuditAsync()).Count);
        await Calls[call](world);
    }

    private static RegisterCommand Command() =>
        new() { Username = "newbie", Password = AuthHarness.Password, Client = new ClientInfo(AuthHarness.Address) };
}
