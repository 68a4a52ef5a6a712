using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Every call of every service, by everybody. A row has one letter for each of <see cref="TestActors.All"/>: nobody; anony, viewer, user,
/// operator, admin by session; the same by token; master secret, switched-off authentication, host. A allowed, U
/// unauthenticated, F forbidden, H hidden, I invalid, C conflict.
/// </summary>
public sealed class ServiceMatrixTests
{
    private static readonly PageRequest Page = new(100);
    private static readonly ExternalPerson Elsewhere = MatrixWorld.NewPerson("4711", "scheme:Uni");

    private static readonly UserQuery Everybody = new() { Page = Page };

    private static readonly Dictionary<string, (string Expected, Func<MatrixWorld, Task<char>> Call)> Rows = new(StringComparer.Ordinal)
    {
        ["Account.Get"] = ("U AAAAA AAAAA FFF", async w => Letter(await w.Host.Account.GetAsync(w.Me))),
        ["Account.Update"] = (
            "U FAAAA FAAAA FFF", async w => Letter(await w.Host.Account.UpdateAsync(w.Me, new() { DisplayName = "New Name" }))),
        ["Account.ChangePassword"] = (
            "U FAAAA FFFFF FFF",
            async w => Letter(await w.Host.Account.ChangePasswordAsync(w.Me, AuthHarness.Password, AuthHarness.OtherPassword))),
        ["Account.ConfirmPassword"] = (
            "U FAAAA FFFFF FFF", async w => Letter(await w.Host.Account.ConfirmPasswordAsync(w.Me, AuthHarness.Password))),
        ["Account.ListSessions"] = ("U FAAAA FAAAA FFF", async w => Letter(await w.Host.Account.ListSessionsAsync(w.Me))),
        ["Account.EndSession of another"] = ("U FHHHH FHHHH FFF", async w =>
        {
            var login = (await w.Host.Logins.LogInAsync("other", AuthHarness.Password, new ClientInfo())).Require();
            return Letter(await w.Host.Account.EndSessionAsync(w.Me, login.Session.Id));
        }),
        ["AccountNotices.Get"] = ("U FAAAA FAAAA FFF", async w => Letter(await w.Host.Get<AccountNoticeService>().GetAsync(w.Me))),
        ["Tokens.Create"] = (
            "U FAAAA FAAAA FFF",
            async w => Letter(await w.Host.Tokens.CreateAsync(w.Me, new CreateTokenCommand { Name = "t", ExpiresHours = 1 }))),
        ["Tokens.ListOwn"] = ("U FAAAA FAAAA FFF", async w => Letter(await w.Host.Tokens.ListOwnAsync(w.Me, Page))),
        ["Tokens.List of all"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Tokens.ListAsync(w.Me, null, Page))),
        ["Tokens.List of another"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Tokens.ListAsync(w.Me, w.Other.Id, Page))),
        ["Tokens.Revoke another's"] = ("U FHHHA FHHHA AAA", async w => Letter(await w.Host.Tokens.RevokeAsync(w.Me, w.OtherToken))),
        ["Tokens.Revoke nothing"] = ("U FHHHH FHHHH HHH", async w => Letter(await w.Host.Tokens.RevokeAsync(w.Me, 999))),
        ["Users.List"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Users.ListAsync(w.Me, Everybody))),
        ["Users.Get"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Users.GetAsync(w.Me, w.Other.Id))),
        ["Users.FindByName"] = (
            "U FFFAA FFFAA AAA", async w => Letter(await w.Host.Users.FindByNameAsync(w.Me, w.Other.Username))),
        ["Users.FindByName nobody"] = ("U FFFHH FFFHH HHH", async w => Letter(await w.Host.Users.FindByNameAsync(w.Me, "nobody"))),
        ["Users.Get nobody"] = ("U FFFHH FFFHH HHH", async w => Letter(await w.Host.Users.GetAsync(w.Me, 999))),
        ["Users.Create"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Users.CreateAsync(w.Me, NewUser(Role.Admin)))),
        ["Users.CreateWithCode"] = (
            "U FFFFA FFFFA AAA",
            async w => Letter(await w.Host.Users.CreateWithCodeAsync(w.Me, NewUser(Role.Admin) with { Password = null }))),
        ["Users.Update must change"] = (
            "U FFFFA FFFFA AAA",
            async w => Letter(await w.Host.Users.UpdateAsync(
                w.Me, new UpdateUserCommand { Id = w.Other.Id, MustChangePassword = true }))),
        ["Users.CheckNew"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Users.CheckNewAsync(w.Me, NewUser(Role.Admin)))),
        ["Users.Create anony"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Users.CreateAsync(w.Me, NewUser(Role.Anony)))),
        ["Users.Create beyond the roles"] = (
            "U FFFFI FFFFI III", async w => Letter(await w.Host.Users.CreateAsync(w.Me, NewUser((Role)5)))),
        ["Users.Create without role"] = ("U FFFFI FFFFI III", async w => Letter(await w.Host.Users.CreateAsync(w.Me, NewUser(null)))),
        ["Users.Update role"] = (
            "U FFFFA FFFFA AAA",
            async w => Letter(await w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand { Id = w.Other.Id, Role = Role.Admin }))),
        ["Users.Update to anony"] = (
            "U FFFFA FFFFA AAA",
            async w => Letter(await w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand { Id = w.Other.Id, Role = Role.Anony }))),
        ["Users.Update nobody"] = (
            "U FFFFH FFFFH HHH",
            async w => Letter(await w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand { Id = 999, Role = Role.User }))),
        ["Users.Update own role up"] = (
            "U FFFFA FFFFA HHH",
            async w => Letter(await w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand { Id = Self(w), Role = Role.Admin }))),
        ["Users.Update own role down"] = (
            "U FFFFI FFFFI HHH",
            async w => Letter(await w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand { Id = Self(w), Role = Role.Viewer }))),
        ["Users.Update disable oneself"] = (
            "U FFFFI FFFFI HHH",
            async w => Letter(await w.Host.Users.UpdateAsync(w.Me, new UpdateUserCommand { Id = Self(w), IsActive = false }))),
        ["Users.SetPassword"] = (
            "U FFFFA FFFFA AAA", async w => Letter(await w.Host.Users.SetPasswordAsync(w.Me, w.Other.Id, AuthHarness.OtherPassword))),
        ["Users.SetPassword own"] = (
            "U FFFFI FFFFI HHH", async w => Letter(await w.Host.Users.SetPasswordAsync(w.Me, Self(w), AuthHarness.OtherPassword))),
        ["Users.Unlock"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Users.UnlockAsync(w.Me, w.Other.Id))),
        ["Users.Delete"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Users.DeleteAsync(w.Me, w.Other.Id))),
        ["Users.Delete oneself"] = ("U FFFFI FFFFI HHH", async w => Letter(await w.Host.Users.DeleteAsync(w.Me, Self(w)))),
        ["UserCredentials.ListSessions"] = (
            "U FHHHA FHHHA AAA", async w => Letter(await w.Host.UserCredentials.ListSessionsAsync(w.Me, w.Other.Id))),
        ["UserCredentials.EndSession"] = ("U FHHHA FHHHA AAA", async w =>
        {
            var login = (await w.Host.Logins.LogInAsync("other", AuthHarness.Password, new ClientInfo())).Require();
            return Letter(await w.Host.UserCredentials.EndSessionAsync(w.Me, w.Other.Id, login.Session.Id));
        }),
        ["UserCredentials.EndSessions"] = (
            "U FHHHA FHHHA AAA", async w => Letter(await w.Host.UserCredentials.EndSessionsAsync(w.Me, w.Other.Id))),
        ["UserCredentials.CreateResetCode"] = (
            "U FFFFA FFFFA AAA", async w => Letter(await w.Host.UserCredentials.CreateResetCodeAsync(w.Me, w.Other.Id))),
        ["UserCredentials.CreateResetCode own"] = (
            "U FFFFI FFFFI HHH", async w => Letter(await w.Host.UserCredentials.CreateResetCodeAsync(w.Me, Self(w)))),
        ["Identities.List own"] = ("U FAAAA FAAAA HHH", async w => Letter(await w.Host.Identities.ListAsync(w.Me, Self(w)))),
        ["Identities.List of another"] = ("U FHHHA FHHHA AAA", async w => Letter(await w.Host.Identities.ListAsync(w.Me, w.Other.Id))),
        ["Identities.LinkOwn"] = (
            "U FAAAA FFFFF FFF", async w => Letter(await w.Host.Identities.LinkOwnAsync(w.Me, Elsewhere, AuthHarness.Password))),
        ["Identities.LinkOwn wrong password"] = (
            "U FIIII FFFFF FFF", async w => Letter(await w.Host.Identities.LinkOwnAsync(w.Me, Elsewhere, AuthHarness.OtherPassword))),
        ["Identities.Link"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Identities.LinkAsync(w.Me, w.Other.Id, Elsewhere))),
        ["Identities.Link own"] = ("U FFFFI FFFFI HHH", async w => Letter(await w.Host.Identities.LinkAsync(w.Me, Self(w), Elsewhere))),
        ["Identities.Unlink another's"] = (
            "U FHHHA FHHHA AAA", async w => Letter(await w.Host.Identities.UnlinkAsync(w.Me, w.Other.Id, w.OtherIdentity))),
        ["Identities.Unlink own"] = (
            "U FAAAA FFFFF HHH", async w => Letter(await w.Host.Identities.UnlinkAsync(w.Me, Self(w), w.OwnIdentity))),
        ["Identities.Unlink nothing"] = (
            "U FHHHH FHHHH HHH", async w => Letter(await w.Host.Identities.UnlinkAsync(w.Me, w.Other.Id, 999))),
        ["Groups.List"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Groups.ListAsync(w.Me, Page))),
        ["Groups.Get"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Groups.GetAsync(w.Me, w.Group))),
        ["Groups.ListMembers"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Groups.ListMembersAsync(w.Me, w.Group, Everybody))),
        ["Groups.Create"] = (
            "U FFFFA FFFFA AAA", async w => Letter(await w.Host.Groups.CreateAsync(w.Me, new CreateGroupCommand { Name = "new" }))),
        ["Groups.Create taken"] = (
            "U FFFFC FFFFC CCC", async w => Letter(await w.Host.Groups.CreateAsync(w.Me, new CreateGroupCommand { Name = "LAB" }))),
        ["Groups.Update"] = (
            "U FFFFA FFFFA AAA",
            async w => Letter(await w.Host.Groups.UpdateAsync(w.Me, new UpdateGroupCommand { Id = w.Group, Name = "renamed" }))),
        ["Groups.Delete"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Groups.DeleteAsync(w.Me, w.Group))),
        ["Groups.AddMember"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Groups.AddMemberAsync(w.Me, w.Group, w.Other.Id))),
        ["Groups.RemoveMember who is none"] = (
            "U FFFFH FFFFH HHH", async w => Letter(await w.Host.Groups.RemoveMemberAsync(w.Me, w.Group, w.Other.Id))),
        ["Invitations.Create viewer"] = (
            "U FFFAA FFFAA AAA",
            async w => Letter(await w.Host.Invitations.CreateAsync(w.Me, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 }))),
        ["Invitations.Create user"] = (
            "U FFFFA FFFFA AAA",
            async w => Letter(await w.Host.Invitations.CreateAsync(w.Me, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 }))),
        ["Invitations.Create operator"] =
            ("U FFFFA FFFFA AAA", async w =>
                Letter(await w.Host.Invitations.CreateAsync(w.Me, new CreateInvitationCommand { Role = Role.Operator, MaxUses = 1 }))),
        ["Invitations.Create admin"] = (
            "U FFFFA FFFFA AAA",
            async w => Letter(await w.Host.Invitations.CreateAsync(w.Me, new CreateInvitationCommand { Role = Role.Admin, MaxUses = 1 }))),
        ["Invitations.Create anony"] = (
            "U FFFII FFFII III",
            async w => Letter(await w.Host.Invitations.CreateAsync(w.Me, new CreateInvitationCommand { Role = Role.Anony, MaxUses = 1 }))),
        ["Invitations.List"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Invitations.ListAsync(w.Me, Page))),
        ["Invitations.Revoke another's"] = (
            "U FFFHA FFFHA AAA", async w => Letter(await w.Host.Invitations.RevokeAsync(w.Me, w.Invitation))),
        ["Approvals.Submit"] = (
            "U FFAAA FFAAA AAA", async w => Letter(await w.Host.Approvals.SubmitAsync(w.Me, MatrixWorld.NewTask("mine")))),
        ["Approvals.Submit another's id"] = (
            "U FFCCC FFCCC CCC", async w => Letter(await w.Host.Approvals.SubmitAsync(w.Me, MatrixWorld.NewTask(w.Task)))),
        ["Approvals.Approve"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Approvals.ApproveAsync(w.Me, w.Task))),
        ["Approvals.Reject"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Approvals.RejectAsync(w.Me, w.Task, "no"))),
        ["Approvals.Reject with a bad reason"] = (
            "U FFFII FFFII III", async w => Letter(await w.Host.Approvals.RejectAsync(w.Me, w.Task, "\0"))),
        ["Approvals.Approve nothing"] = ("U FFFHH FFFHH HHH", async w => Letter(await w.Host.Approvals.ApproveAsync(w.Me, "nothing"))),
        ["Approvals.Withdraw another's"] = ("U FHHHH FHHHH HHH", async w => Letter(await w.Host.Approvals.WithdrawAsync(w.Me, w.Task))),
        ["Approvals.ListPending"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Approvals.ListPendingAsync(w.Me, Page))),
        ["Approvals.ListPendingSubmitters"] = (
            "U FFFAA FFFAA AAA", async w => Letter(await w.Host.Approvals.ListPendingSubmittersAsync(w.Me))),
        ["Approvals.CountPending"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Approvals.CountPendingAsync(w.Me))),
        ["Approvals.Search"] = (
            "U FAAAA FAAAA AAA", async w => Letter(await w.Host.Approvals.SearchAsync(w.Me, new ApprovalQuery { Page = Page }))),
        ["Approvals.List"] = ("U FAAAA FAAAA AAA", async w => Letter(await w.Host.Approvals.ListAsync(w.Me, null, Page))),
        ["Vps.CanUse not assigned"] = ("U FHHAA FHHAA AAA", async w => Letter(await w.Host.Vps.CanUseAsync(w.Me, w.Vps))),
        ["Vps.ListOwn"] = ("U FAAAA FAAAA FFF", async w => Letter(await w.Host.Vps.ListOwnAsync(w.Me))),
        ["Vps.ListOfUser"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Vps.ListOfUserAsync(w.Me, w.Other.Id))),
        ["Vps.List"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Vps.ListAsync(w.Me, w.Vps))),
        ["Vps.ListUnknown"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Vps.ListUnknownAsync(w.Me))),
        ["Vps.Assign"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Vps.AssignAsync(w.Me, w.Vps, [w.Other.Id], []))),
        ["Vps.UnassignUser who has it not"] = (
            "U FFFHH FFFHH HHH", async w => Letter(await w.Host.Vps.UnassignUserAsync(w.Me, w.Vps, w.Other.Id))),
        ["Vps.UnassignGroup"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Vps.UnassignGroupAsync(w.Me, w.Vps, w.Group))),
        ["Vps.Forget"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.Vps.ForgetVpsAsync(w.Me, w.Vps))),
        ["VpsLifecycles.GetOffer"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.VpsLifecycle.GetOfferAsync(w.Me))),
        ["VpsLifecycles.Create"] = (
            "U FFFAA FFFAA AAA", async w => Letter(await w.Host.VpsLifecycle.CreateAsync(w.Me, new VpsRequest { Name = "new" }))),
        ["VpsLifecycles.Create without a name"] = (
            "U FFFII FFFII III", async w => Letter(await w.Host.VpsLifecycle.CreateAsync(w.Me, new VpsRequest()))),
        ["VpsLifecycles.Delete"] = ("U FFFAA FFFAA AAA", async w => Letter(await w.Host.VpsLifecycle.DeleteAsync(w.Me, w.Vps))),
        ["VpsLifecycles.Delete nothing"] = (
            "U FFFHH FFFHH HHH", async w => Letter(await w.Host.VpsLifecycle.DeleteAsync(w.Me, "nothing"))),
        ["Settings.Get"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Settings.GetAsync(w.Me))),
        ["Settings.Update"] = (
            "U FFFFA FFFFA AAA", async w => Letter(await w.Host.Settings.UpdateAsync(w.Me, new SettingsChange { SessionIdleHours = 1 }))),
        ["Audit.List"] = ("U FFFFA FFFFA AAA", async w => Letter(await w.Host.Audit.ListAsync(w.Me, new AuditQuery()))),
        ["Audit.Export"] = ("U FFFFA FFFFA AAA", w => Task.FromResult(Letter(w.Host.Audit.Export(w.Me, new AuditQuery())))),
    };

    public static TheoryData<string> Calls => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    [Trait("Requirement", "V8.2.1"), Trait("Requirement", "V8.2.2")]
    public async Task Call_ByEverybody_IsAnsweredAsTheRulesSay(string call)
    {
        var (expected, run) = Rows[call];
        var found = new List<char>();
        foreach (var actor in TestActors.All)
        {
            using var world = await MatrixWorld.MakeAsync(actor);
            var before = await ChangesAsync(world);
            var letter = await run(world);
            found.Add(letter);
            if (letter != 'A')
            {
                // What is refused has changed nothing, and no success stands in the log.
                Assert.Equal(before, await ChangesAsync(world));
            }
        }

        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), new string([.. found]));
    }

    [Fact]
    public void Matrix_NamesEveryCallThatTakesAnActor()
    {
        string[] elsewhere =
        [
            "Logins.LogOut", "Audit.Record", "Audit.RecordRefusal", "Audit.RecordMasterRead",
            "Credentials.NoteUse",
        ];
        var services = typeof(ILoginService).Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && t.Name.EndsWith("Service", StringComparison.Ordinal)).ToList();
        Assert.Equal(15, services.Count);
        var calls = services.SelectMany(t => t.GetMethods()
            .Where(m => m.DeclaringType == t && m.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor))
            .Select(m => $"{Short(t.Name)}.{m.Name.Replace("Async", "", StringComparison.Ordinal)}"));

        var named = Rows.Keys.Select(k => k.Split(' ')[0]).Concat(elsewhere).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(calls.Except(named, StringComparer.Ordinal).Except(["Vps.ForgetVps"], StringComparer.Ordinal));
    }

    private static string Short(string type) => type switch
    {
        "IVpsAccessService" => "Vps",
        "IAccountService" => "Account",
        "ISettingsService" => "Settings",
        "IAuditService" => "Audit",
        "IIdentityService" => "Identities",
        _ => type[1..].Replace("Service", "s", StringComparison.Ordinal),
    };

    private static async Task<int> ChangesAsync(MatrixWorld world) =>
        (await world.Host.ReadAuditAsync()).Count(e => e.Outcome == AuditOutcome.Success && e.Action != AuditActions.Login);

    private static char Letter(KohakuResult outcome) => ResultAssert.Letter(outcome);

    private static char Letter(Decision decision) =>
        ResultAssert.Letter(decision.IsAllowed ? KohakuResult.Success : KohakuResult.Refused(decision.Refusal));

    private static long Self(MatrixWorld world) => world.Me.Id ?? 999;

    private static CreateUserCommand NewUser(Role? role) => new() { Username = "created", Password = AuthHarness.Password, Role = role };
}
