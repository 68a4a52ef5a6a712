using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.Tests;

public sealed class AuditLogTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Refusals_SixtyAMinuteForOneCallerAndAction()
    {
        var alice = TestActors.Viewer() with { Address = AuthHarness.Address };
        for (var i = 0; i < 100; i++)
        {
            await host.Audit.RecordRefusalAsync(alice, AuditActions.Denied, "endpoint", "GET /x", "no");
        }

        await host.Audit.RecordRefusalAsync(alice, AuditActions.CrossSite);
        await host.Audit.RecordRefusalAsync(TestActors.User(), AuditActions.Denied);
        Assert.Equal(61, (await host.ReadAuditAsync(AuditActions.Denied)).Count);
        Assert.Single(await host.ReadAuditAsync(AuditActions.CrossSite));
        Assert.Equal(40, host.Log.GetSnapshot().Count(l => l.Message.Contains("more than the allowed number", StringComparison.Ordinal)));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Audit.RecordRefusalAsync(alice, AuditActions.Denied);
        Assert.Equal(62, (await host.ReadAuditAsync(AuditActions.Denied)).Count);
    }

    [Fact]
    public async Task Strangers_AreBoundedByAddress_NotByTheNameTheyTry()
    {
        using var loose = new AuthHarness(o => (o.Throttling.LoginFailuresPerMinute, o.Throttling.LockoutThreshold) = (1000, 1000));
        await loose.AddUserAsync(Role.User, "alice");
        for (var i = 0; i < 100; i++)
        {
            await loose.Logins.LogInAsync("alice", "wrong", new ClientInfo("192.0.2.1"));
        }

        // One attacker's flood does not hide another's attempt on the same name.
        await loose.Logins.LogInAsync("alice", "wrong", new ClientInfo("192.0.2.2"));
        var entries = await loose.ReadAuditAsync(AuditActions.Login);
        Assert.Equal(61, entries.Count);
        Assert.Equal("192.0.2.2", entries[^1].IpAddress);
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task Strangers_OfOneNetwork_AreBoundedTogether()
    {
        using var loose = new AuthHarness(o => (o.Throttling.LoginFailuresPerMinute, o.Throttling.LockoutThreshold) = (1000, 1000));
        await loose.AddUserAsync(Role.User, "alice");
        for (var i = 1; i <= 100; i++)
        {
            await loose.Logins.LogInAsync("alice", "wrong", new ClientInfo($"2001:db8:0:1::{i:x}"));
        }

        await loose.Logins.LogInAsync("alice", "wrong", new ClientInfo("2001:db8:0:2::1"));
        Assert.Equal(61, (await loose.ReadAuditAsync(AuditActions.Login)).Count);

        // The next minute has a count of its own.
        loose.Clock.Advance(TimeSpan.FromMinutes(1));
        await loose.Logins.LogInAsync("alice", "wrong", new ClientInfo("2001:db8:0:1::1"));
        Assert.Equal(62, (await loose.ReadAuditAsync(AuditActions.Login)).Count);
    }

    [Fact]
    [Trait("Requirement", "V16.3.1")]
    public async Task FailedLogin_IsAStrangersAttemptOnTheAccount()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        await host.Logins.LogInAsync("ALICE", "wrong", new ClientInfo(AuthHarness.Address));
        await host.Logins.LogInAsync("nobody", "wrong", new ClientInfo(AuthHarness.Address));
        await host.LogInAsync("alice");

        var entries = await host.ReadAuditAsync(AuditActions.Login);
        Assert.Equal(
            (null, Actor.AnonymousName, $"{user.Id}", "alice", AuditOutcome.Failure),
            (entries[0].ActorId, entries[0].Actor, entries[0].TargetId, entries[0].Target, entries[0].Outcome));
        Assert.Equal(
            (null, Actor.AnonymousName, null, "(unknown)"), (entries[1].ActorId, entries[1].Actor, entries[1].TargetId, entries[1].Target));
        Assert.Equal(
            (user.Id, "alice", $"{user.Id}", AuditOutcome.Success),
            (entries[2].ActorId, entries[2].Actor, entries[2].TargetId, entries[2].Outcome));
    }

    [Fact]
    [Trait("Requirement", "V16.3.1")]
    public async Task FailedLogin_OfAClientThatHangsUp_IsRecorded()
    {
        await host.AddUserAsync(Role.User, "alice");
        using var client = new CancellationTokenSource();
        host.Hasher.OnVerify = client.Cancel;

        ResultAssert.Refused(
            RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", "wrong", new ClientInfo(AuthHarness.Address), client.Token));

        Assert.Single(await host.ReadAuditAsync(AuditActions.Login));
    }

    [Fact]
    public async Task Refusal_WithTheStoreDown_IsLoggedAndThrowsNothing()
    {
        host.Database.IsDown = true;
        await host.Audit.RecordRefusalAsync(TestActors.User(), AuditActions.Denied);
        Assert.Contains(host.Log.GetSnapshot(), l => l.Level == LogLevel.Error);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Audit.RecordAsync(TestActors.User(), "host.thing"));
    }

    [Fact]
    public async Task Record_OfTheHosts_IsBoundedAndClean()
    {
        await host.Audit.RecordAsync(TestActors.User(), "host.thing", "thing", new string('t', 5000), "a\0b" + new string('d', 996) + "😀");
        var entry = Assert.Single(await host.ReadAuditAsync());
        Assert.Equal(("host.thing", "thing", 200, 200), (entry.Action, entry.TargetType, entry.Target!.Length, entry.TargetId!.Length));
        Assert.DoesNotContain('\0', entry.Detail!);
        
        // The wide character that does not fit is left out whole.
        Assert.Equal(999, entry.Detail!.Length);
    }

    [Fact]
    public async Task ListAndExport_Filter()
    {
        await host.AddGroupAsync("one");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Groups.CreateAsync(TestActors.Admin(), new CreateGroupCommand { Name = "two" });
        var page = (await host.Audit.ListAsync(TestActors.Admin(), new AuditQuery { Actor = "ADMIN", Action = "group" })).Require();
        Assert.Equal(["two"], page.Items.Select(e => e.Target));
        var names = new List<string?>();
        await foreach (var entry in host.Audit.Export(TestActors.Admin(), new AuditQuery()).Require().Entries)
        {
            names.Add(entry.Target);
        }

        // The export's own entry is the newest.
        Assert.Equal([null, "two"], names.Take(2));
    }

    [Theory]
    [InlineData(null, "everything")]
    [InlineData("csv", "csv; everything")]
    [InlineData("jsonl", "jsonl; everything")]
    [Trait("Requirement", "R14")]
    public async Task Export_IsRecordedWithWhoAndWhat(string? format, string detail)
    {
        await host.AddGroupAsync("one");
        var actor = TestActors.Admin() with { Address = AuthHarness.Address };
        var export = host.Audit.Export(actor, new AuditQuery { Target = "nothing like this" }, format).Require();
        Assert.Empty(await host.ReadAuditAsync(AuditActions.AuditExport));
        Assert.Empty(await export.Entries.ToListAsync(TestContext.Current.CancellationToken));
        await host.Audit.Export(actor, new AuditQuery(), format).Require().Entries.ToListAsync(TestContext.Current.CancellationToken);

        var entries = await host.ReadAuditAsync(AuditActions.AuditExport);
        Assert.Equal(2, entries.Count);
        Assert.Equal(detail.Replace("everything", "target nothing like this", StringComparison.Ordinal), entries[0].Detail);
        Assert.Equal(detail, entries[1].Detail);
        Assert.All(entries, e => Assert.Equal(
            (AuditOutcome.Success, actor.Id, actor.Username, AuthHarness.Address, "audit"),
            (e.Outcome, e.ActorId, e.Actor, e.IpAddress, e.TargetType)));
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public async Task Export_OfEveryFilter_SaysThemAll()
    {
        var query = new AuditQuery
        {
            Actor = "ann", Action = "user", Target = "bob", Outcome = AuditOutcome.Refused, From = host.Now, To = host.Now.AddDays(1),
        };
        await host.Audit.Export(TestActors.Admin(), query, "csv").Require().Entries.ToListAsync(TestContext.Current.CancellationToken);
        var detail = Assert.Single(await host.ReadAuditAsync(AuditActions.AuditExport)).Detail;
        Assert.Equal(
            "csv; actor ann, action user, target bob, outcome refused, from 2026-03-01T12:00:00.0000000+00:00, "
            + "to 2026-03-02T12:00:00.0000000+00:00", detail);
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public async Task Export_ThatCannotBeRecorded_GivesNothing()
    {
        await host.AddGroupAsync("one");
        var verbs = 0;
        host.Database.BeforeVerb = _ => ++verbs == 1 ? throw new StoreUnavailableException("full", new IOException()) : Task.CompletedTask;
        var read = host.Audit.Export(TestActors.Admin(), new AuditQuery()).Require().Entries
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await read.MoveNextAsync());
        Assert.Equal(1, verbs);
    }

    [Fact]
    [Trait("Requirement", "R14")]
    public async Task MasterRead_IsRecordedOnceAMinuteForEachAddressAndPath()
    {
        var master = Actor.Host with { Kind = ActorKind.MasterSecret, Address = AuthHarness.Address };
        for (var i = 0; i < 50; i++)
        {
            await host.Audit.RecordMasterReadAsync(master, "GET /api/auth/users");
            await host.Audit.RecordMasterReadAsync(master, "GET /api/auth/users/7");
            await host.Audit.RecordMasterReadAsync(master with { Address = "198.51.100.1" }, "GET /api/auth/users");
        }

        Assert.Equal(3, (await host.ReadAuditAsync(AuditActions.MasterSecretRead)).Count);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Audit.RecordMasterReadAsync(master, "GET /api/auth/users");
        var entries = await host.ReadAuditAsync(AuditActions.MasterSecretRead);
        Assert.Equal(4, entries.Count);
        Assert.Equal(
            (Actor.SystemName, AuthHarness.Address, "endpoint", "GET /api/auth/users", AuditOutcome.Success),
            (entries[3].Actor, entries[3].IpAddress, entries[3].TargetType, entries[3].Target, entries[3].Outcome));

        // Beyond six hundred paths a minute the rest is logged only.
        for (var i = 0; i < 1000; i++)
        {
            await host.Audit.RecordMasterReadAsync(master, $"GET /api/auth/users/{i}");
        }

        Assert.Equal(600 + 3, (await host.ReadAuditAsync(AuditActions.MasterSecretRead)).Count);
        host.Database.IsDown = true;
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Audit.RecordMasterReadAsync(master, "GET /api/auth/users");
        host.Database.IsDown = false;
    }

    [Fact]
    [Trait("Requirement", "V16.2.5"), Trait("Requirement", "R7")]
    public async Task Sweep_NoSecretAndNoPasswordInAnyEntryOrLogLine()
    {
        const string master = "master-secret-that-nobody-may-see-0001";
        const string register = "register-secret-that-nobody-may-see-02";
        const string typed = "Hunter2-typed-in-the-wrong-field";
        using var all = new AuthHarness(o => (o.AdminSecret, o.AdminRegisterSecret) = (master, register));
        var secrets =
            new List<string>
            {
                master,
                register,
                typed,
                AuthHarness.Password,
                AuthHarness.OtherPassword,
                new FastHasher().Hash(AuthHarness.Password),
            };

        RegisterCommand Command(string name) =>
            new() { Username = name, Password = AuthHarness.Password, Client = new ClientInfo(AuthHarness.Address) };
        var boss = (await all.Registrations.RegisterAsync(Command("boss") with { RegisterSecret = register })).Require();
        secrets.Add(boss.Secret.Reveal());
        var admin = (await all.SessionActorAsync(boss.Secret))!;
        var invitation = (
            await all.Invitations.CreateAsync(admin, new CreateInvitationCommand { Role = Role.User, MaxUses = 1 })).Require();
        secrets.Add(invitation.Secret.Reveal());
        await all.Registrations.RegisterAsync(Command("boss2") with { AnyCode = register });
        await all.Registrations.RegisterAsync(Command("boss2") with { AnyCode = typed });
        await all.Registrations.RegisterAsync(Command("boss2") with { RegisterSecret = typed });
        await all.Registrations.RegisterAsync(Command("boss2") with { InvitationCode = typed });
        var user = (await all.Registrations.RegisterAsync(Command("user") with { InvitationCode = invitation.Secret.Reveal() })).Require();
        await all.Registrations.RegisterAsync(Command("user2") with { InvitationCode = invitation.Secret.Reveal() });
        await all.Logins.LogInAsync(typed, AuthHarness.Password, new ClientInfo(AuthHarness.Address));
        await all.Logins.LogInAsync("user", typed, new ClientInfo(AuthHarness.Address));
        var login = (await all.Logins.LogInAsync("user", AuthHarness.Password,
            new ClientInfo(AuthHarness.Address, SessionToReplace: user.Secret.Reveal()))).Require();
        var actor = (await all.SessionActorAsync(login.Secret))!;
        var token = (await all.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "ci" })).Require();
        secrets.AddRange([user.Secret.Reveal(), login.Secret.Reveal(), token.Secret.Reveal()]);
        await all.Account.ChangePasswordAsync(actor, typed, AuthHarness.OtherPassword);
        await all.Account.ChangePasswordAsync(actor, AuthHarness.Password, AuthHarness.OtherPassword);
        await all.Users.CreateAsync(
            admin, new CreateUserCommand { Username = "third", Password = AuthHarness.OtherPassword, Role = Role.User });
        await all.Users.SetPasswordAsync(admin, actor.Id!.Value, AuthHarness.Password);
        var reset = (await all.UserCredentials.CreateResetCodeAsync(admin, actor.Id!.Value)).Require();
        secrets.Add(reset.Secret.Reveal());
        await all.Account.ResetPasswordAsync(reset.Secret.Reveal(), AuthHarness.OtherPassword, new ClientInfo());
        await all.Account.ResetPasswordAsync(reset.Secret.Reveal(), AuthHarness.OtherPassword, new ClientInfo());
        await all.Account.ResetPasswordAsync(typed, AuthHarness.OtherPassword, new ClientInfo());
        await all.Credentials.CheckMasterSecretAsync(typed, AuthHarness.Address);
        await all.Credentials.CheckMasterSecretAsync(master, AuthHarness.Address);
        await all.Settings.UpdateAsync(admin, new SettingsChange { SessionIdleHours = 1 });
        await all.Tokens.RevokeAsync(admin, token.Token.Id);
        await all.Invitations.RevokeAsync(admin, invitation.Invitation.Id);

        using var fresh = new AuthHarness();
        var setup = (await fresh.Setup.RenewCodeAsync())!;
        secrets.Add(setup.Reveal());

        // Beyond its recognisable prefix no part of a secret may show either.
        secrets.AddRange(secrets.Where(s => s.StartsWith("kr", StringComparison.Ordinal)).Select(s => s[8..20]).ToList());
        var texts = (await all.ReadAuditAsync()).Concat(await fresh.ReadAuditAsync()).Select(e => e.ToString())
            .Concat(all.Log.GetSnapshot().Concat(fresh.Log.GetSnapshot()).Select(l => l.Message)).ToList();
        Assert.True(texts.Count > 20);
        Assert.All(secrets, secret => Assert.DoesNotContain(texts, t => t.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal("[secret]", setup.ToString());
    }
}
