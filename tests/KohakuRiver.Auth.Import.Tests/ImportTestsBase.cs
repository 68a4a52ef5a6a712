using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>An import into one engine, through the door as a host has it.</summary>
public abstract class ImportTestsBase(ITestDatabase database) : EngineTests(database)
{
    private static readonly ClientInfo Client = new("192.0.2.7", "test");

    private readonly OldHostFile old = OldHostFile.WithEverything(Hash);

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(ImportedToken.IsSupported, "This machine cannot compute SHA3-512.");
        await base.InitializeAsync();
    }

    public override ValueTask DisposeAsync()
    {
        old.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Import_OldDatabase_TakesOverWhatIsGoodAndNamesTheRest()
    {
        await using var host = Host();

        var report = await ImportAsync(host);

        Assert.Equal(
            [
                new("users", 5, 0, 5), new("groups", 1, 0, 2), new("user_groups", 2, 0, 3), new("tokens", 2, 0, 4),
                new("invitations", 2, 0, 4), new("vps_assignments", 1, 0, 2),
            ],
            report.Counts);
        Assert.Equal(["Bob", "bob", "李雷", "한글 이름", "broken"], Names(report, "users"));
        Assert.Equal(["ops", "OPS"], Names(report, "groups"));
        Assert.Equal(["orphan", "of one left out", "of a deleted user", "unreadable"], Names(report, "tokens"));
        Assert.Contains(
            report.LeftOut, r => r is { Table: "tokens", Id: 5 } && r.Reason.Contains("deleted account", StringComparison.Ordinal));
        Assert.Equal(["groups", "user_groups"], report.Changed.Select(r => r.Table));
        Assert.Contains("Sessions are not imported (1)", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.DoesNotContain(report.LeftOut, r => r.Reason.Contains("$2b$", StringComparison.Ordinal) || r.Name?.Length == 64);

        var ann = (await First.Users.FindPasswordAsync("ann", Ct))!.User;
        Assert.Equal(("ann", Role.User, true), (ann.DisplayName, ann.Role, ann.IsActive));
        Assert.Equal(new DateTimeOffset(2025, 11, 5, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123456), ann.CreatedAt);
        var lab = Assert.Single(await First.Groups.ListOfUserAsync(ann.Id, Ct));
        Assert.Equal([new("gpu_cap", 2), new("max_tasks", 10)], lab.Limits);
        Assert.Equal(["1234567890123456789"], await First.VpsAssignments.ListVpsOfUserAsync(ann.Id, Ct));
        Assert.False((await First.Users.FindPasswordAsync("viewer.1", Ct))!.User.IsActive);
        Assert.Equal(Role.Anony, (await First.Users.FindPasswordAsync("nobody", Ct))!.User.Role);
        Assert.Equal("The boss", (await First.Users.FindPasswordAsync("root", Ct))!.User.DisplayName);
        var entry = Assert.Single((await First.Audit.ListAsync(new AuditQuery { Action = ImportService.AuditAction }, Ct)).Items);
        Assert.Equal("users 5, groups 1, user_groups 2, tokens 2, invitations 2, vps_assignments 1", entry.Detail);
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Import_OldPasswordAndOldToken_WorkAndThePasswordIsHashedAnew()
    {
        await using var host = Host();
        var credentials = host.GetRequiredService<ICredentialService>();
        var token = "b".PadLeft(64, '0');
        Assert.Null(await credentials.FindTokenActorAsync(token, null, Ct));
        await ImportAsync(host);

        var login = await host.GetRequiredService<ILoginService>().LogInAsync("ANN", "pässwörd 8", Client, Ct);
        Assert.True(login.IsSuccess);
        Assert.StartsWith("$bcrypt-sha256$", (await First.Users.FindPasswordAsync("ann", Ct))!.PasswordHash, StringComparison.Ordinal);
        Assert.True((await host.GetRequiredService<ILoginService>().LogInAsync("ann", "pässwörd 8", Client, Ct)).IsSuccess);
        Assert.False((await host.GetRequiredService<ILoginService>().LogInAsync("ann", "pässwörd 9", Client, Ct)).IsSuccess);

        var actor = await credentials.FindTokenActorAsync(token, null, Ct);
        Assert.Equal(("ann", ActorKind.Token), (actor?.Username, actor?.Kind));
        var listed = (await host.GetRequiredService<ITokenService>().ListOwnAsync(actor!, new PageRequest(10), Ct)).Value!.Items;
        Assert.Equal(("laptop", "imported"), (Assert.Single(listed).Name, listed[0].Prefix));
        Assert.Null(await credentials.FindTokenActorAsync("c".PadLeft(64, '0'), null, Ct));
        Assert.Null(await credentials.FindTokenActorAsync("e".PadLeft(64, '0'), null, Ct));

        Assert.True((await host.GetRequiredService<ITokenService>().RevokeAsync(actor!, listed[0].Id, Ct)).IsSuccess);
        Assert.Null(await credentials.FindTokenActorAsync(token, null, Ct));
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Import_OldInvitation_MakesAnAccountInItsGroup()
    {
        await using var host = Host();
        await ImportAsync(host);

        var made = await host.GetRequiredService<IRegistrationService>().RegisterAsync(
            new RegisterCommand
            {
                Username = "newcomer",
                Password = "four plain words here",
                AnyCode = "1".PadLeft(64, 'f'),
                Client = Client,
            },
            Ct);

        Assert.True(made.IsSuccess);
        Assert.Equal((Role.Viewer, "Lab"), (made.Value.User.User.Role, Assert.Single(made.Value.User.Groups).Name));
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Import_DryRun_ChangesNothingAndSaysWhatTheRunWillSay()
    {
        await using var host = Host();
        var before = await Database.DumpAsync();

        var said = await ImportAsync(host, dryRun: true);

        Assert.Equal(before, await Database.DumpAsync());
        var done = await ImportAsync(host);
        Assert.True(said.IsDryRun);
        Assert.Equal(said.Counts, done.Counts);
        Assert.Equal(said.LeftOut, done.LeftOut);
        Assert.Equal(said.Changed, done.Changed);
        Assert.Equal(said.Notes, done.Notes);
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Import_Again_ChangesNothingAndBringsNothingBack()
    {
        await using var host = Host();
        await ImportAsync(host);
        var before = await Database.DumpAsync();
        var second = await ImportAsync(host);
        Assert.Equal(before, await Database.DumpAsync());
        Assert.All(second.Counts, c => Assert.Equal(0, c.Imported));
        Assert.Equal([5, 1, 2, 2, 2, 1], second.Counts.Select(c => c.AlreadyThere));

        // What an admin has taken away since stays away, and what they made stays theirs.
        var ann = (await First.Users.FindPasswordAsync("ann", Ct))!.User;
        var root = (await First.Users.FindPasswordAsync("root", Ct))!.User;
        await First.Accounts.TryDeleteUserAsync(ann.Id, Audit(), Ct);
        var ci = Assert.Single((await First.Tokens.ListAsync(root.Id, new PageRequest(10), Ct)).Items);
        await First.Tokens.TryRevokeAsync(ci.Id, Audit(), Ct);
        foreach (var invitation in (await First.Invitations.ListAsync(null, new PageRequest(10), Ct)).Items)
        {
            await First.Invitations.TryRevokeAsync(invitation.Id, Audit(), Ct);
        }

        before = await Database.DumpAsync();
        var third = await ImportAsync(host);

        Assert.Equal(before, await Database.DumpAsync());
        Assert.Contains(
            third.LeftOut, r => r is { Table: "users", Name: "ann" } && r.Reason.Contains("deleted since", StringComparison.Ordinal));
        Assert.Contains(third.LeftOut, r => r is { Table: "tokens", Name: "ci" });
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Import_NameTakenBefore_AddsNothingToThatAccount()
    {
        await using var host = Host();
        var hash = Hash("somebody else's password");
        foreach (var name in (string[])["ann", "ROOT"])
        {
            var user = new NewUser
            {
                Username = name,
                DisplayName = name,
                Role = Role.Viewer,
                PasswordHash = hash,
                CreatedAt = DateTimeOffset.UnixEpoch.AddYears(60),
            };
            Assert.True((await First.Accounts.TryCreateUserAsync(user, Audit(), Ct)).IsDone);
        }

        var report = await ImportAsync(host);

        var ann = (await First.Users.FindPasswordAsync("ann", Ct))!;
        Assert.Equal((hash, Role.Viewer), (ann.PasswordHash, ann.User.Role));
        Assert.Empty((await First.Tokens.ListAsync(null, new PageRequest(10), Ct)).Items);
        Assert.Empty(await First.Groups.ListOfUserAsync(ann.User.Id, Ct));
        Assert.Null(await host.GetRequiredService<ICredentialService>().FindTokenActorAsync("b".PadLeft(64, '0'), null, Ct));
        Assert.Contains(report.LeftOut, r => r is { Table: "users", Name: "root" } && r.Reason.Contains("ROOT", StringComparison.Ordinal));
        Assert.Equal(1, report.Counts[0].AlreadyThere);
    }

    /// <summary>A column that is written and not read is called differently for a while, so that the row's insert fails.</summary>
    [Theory]
    [InlineData("kohaku_users", "failed_logins")]
    [InlineData("kohaku_tokens", "name")]
    [InlineData("kohaku_imports", "imported_at")]
    [InlineData("kohaku_audit", "detail")]
    [Trait("Requirement", "D4")]
    public async Task Import_FaultInTheMiddle_LeavesNothingAndTheNextRunDoesItAll(string table, string column)
    {
        var before = await Database.DumpAsync();
        await Database.ExecuteAsync($"ALTER TABLE {table} RENAME COLUMN {column} TO away");
        await using (var host = Host(await Database.OpenSetAsync()))
        {
            var fault = await Assert.ThrowsAnyAsync<Exception>(() => ImportAsync(host));
            Assert.Contains(column, fault.InnerException?.Message, StringComparison.Ordinal);
        }

        await Database.ExecuteAsync($"ALTER TABLE {table} RENAME COLUMN away TO {column}");
        Assert.Equal(before, await Database.DumpAsync());
        await using var next = Host(await Database.OpenSetAsync());
        Assert.Equal(5, (await ImportAsync(next)).Counts[0].Imported);
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Import_TwoAtOnce_TakeOverOnce()
    {
        await using var one = Host();
        await using var two = Host(Second);

        var reports = await Task.WhenAll(Task.Run(() => ImportAsync(one), Ct), Task.Run(() => ImportAsync(two), Ct));

        Assert.Equal([0, 5], reports.Select(r => r.Counts[0].Imported).Order());
        Assert.Equal([0, 5], reports.Select(r => r.Counts[0].AlreadyThere).Order());
        Assert.Equal(2, (await First.Tokens.ListAsync(null, new PageRequest(10), Ct)).Total);
    }

    private static string Hash(string password) => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(4, 'b'));

    private static IEnumerable<string?> Names(ImportReport report, string table) =>
        report.LeftOut.Where(r => r.Table == table).Select(r => r.Name);

    private static AuthorizedWrite Audit() => AuthorizedWrite.WithoutCredential(new AuditEntry
    {
        At = DateTimeOffset.UnixEpoch.AddYears(60),
        Actor = "_system",
        Action = "test.act",
        OperationId = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(60)),
    });

    private Task<ImportReport> ImportAsync(ServiceProvider host, bool dryRun = false) =>
        host.ImportKohakuRiverAsync(old.Path, new ImportOptions { DryRun = dryRun, TimeZone = TimeZoneInfo.Utc }, Ct);

    private ServiceProvider Host(KohakuStoreSet? set = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Passwords.WorkFactor = 10).UseStores(_ => set ?? First).AddKohakuRiverImport();
        return services.BuildServiceProvider();
    }
}
