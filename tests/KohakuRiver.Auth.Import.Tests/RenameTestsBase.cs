using System.Text;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>Users who get another name, from the old file to the login, on one engine.</summary>
public abstract class RenameTestsBase(ITestDatabase database) : EngineTests(database)
{
    private static readonly ClientInfo Client = new("192.0.2.7", "test");

    private readonly OldHostFile old = new();
    private long users;

    public override ValueTask DisposeAsync()
    {
        old.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Import_NamesNotValidHere_AreMappedAndReportedWithAllThatBelongsToThem()
    {
        Add("root");
        Add("me@example.org");
        Add("Jürgen Weiß");
        Add("李雷");
        old.Group(1, "Lab");
        old.Membership(1, 2, 1);
        old.Vps(1, 42, 2);
        old.Invitation(1, "1".PadLeft(64, 'f'), "viewer", expires: "2099-01-01 00:00:00", by: 2);
        await using var host = Host();

        var report = await ImportAsync(host);

        Assert.Equal(
            [new ImportRename(2, "me@example.org", "me-example.org"), new ImportRename(3, "Jürgen Weiß", "Juergen-Weiss")], report.Renamed);
        Assert.Contains("  users 2 \"me@example.org\" is now me-example.org", report.ToString(), StringComparison.Ordinal);
        var left = Assert.Single(report.LeftOut);
        Assert.Equal("李雷", left.Name);
        Assert.Contains("--rename", left.Reason, StringComparison.Ordinal);
        var me = (await First.Users.FindPasswordAsync("me-example.org", Ct))!.User;
        Assert.Equal("me@example.org", me.DisplayName);
        Assert.Equal("Lab", Assert.Single(await First.Groups.ListOfUserAsync(me.Id, Ct)).Name);
        Assert.Equal(["42"], await First.VpsAssignments.ListVpsOfUserAsync(me.Id, Ct));
        var invitation = Assert.Single((await First.Invitations.ListAsync(null, new PageRequest(9), Ct)).Items);
        Assert.Equal((me.Id, "me-example.org"), (invitation.CreatedById, invitation.CreatedBy));
    }

    [Fact]
    [Trait("Requirement", "B6")]
    public async Task LogIn_WithTheOldName_IsToldTheNewOneByTheRightPasswordOnly()
    {
        Add("me@example.org");
        Add("Zoe\u0301 Ångström");
        await using var host = Host();
        await ImportAsync(host);

        foreach (var name in (string[])["me@example.org", "ME@Example.ORG"])
        {
            AssertRenamed("me-example.org", await LogInAsync(host, name, PasswordOf("me@example.org")));
            Assert.Same(Refusals.WrongLogin, (await LogInAsync(host, name, "wrong")).Refusal);
        }

        // Typed on another keyboard.
        foreach (var form in (NormalizationForm[])[NormalizationForm.FormC, NormalizationForm.FormD])
        {
            AssertRenamed(
                "Zoe-Aangstroem", await LogInAsync(host, "Zoé Ångström".Normalize(form), PasswordOf("Zoe\u0301 Ångström")));
        }

        Assert.True((await LogInAsync(host, "Me-Example.org", PasswordOf("me@example.org"))).IsSuccess);
        foreach (
            var name in (string[])["me@example.or", "me@example.org ", "a\0b", "half \uD800 a pair", "a\uFFFEb", new string('x', 60_000)])
        {
            Assert.Same(Refusals.WrongLogin, (await LogInAsync(host, name, PasswordOf("me@example.org"))).Refusal);
        }
    }

    [Fact]
    [Trait("Requirement", "B4")]
    public async Task LogIn_WithTheOldName_FailuresCountAgainstTheAccount()
    {
        Add("me@example.org");
        await using var host = Host();
        await ImportAsync(host);

        await LogInAsync(host, "me@example.org", "wrong");
        await LogInAsync(host, "me-example.org", "wrong");

        Assert.Equal(2, (await First.Users.FindPasswordAsync("me-example.org", Ct))!.User.FailedLogins);
    }

    [Fact]
    public async Task Import_NamesThatWouldBecomeOne_AreLeftOutUnlessOneWasThere()
    {
        Add("me-example.org");
        Add("me@example.org");
        Add("jürgen");
        Add("Juergen");
        Add("josé");
        Add("josè");
        await using var host = Host();

        var report = await ImportAsync(host);

        Assert.Equal(["me@example.org", "jürgen", "josé", "josè"], report.LeftOut.Select(r => r.Name));
        Assert.All(report.LeftOut, r => Assert.Contains("Choose another name for it with --rename.", r.Reason, StringComparison.Ordinal));
        Assert.Empty(report.Renamed);
        var asked = await ImportAsync(host, ("me@example.org", "me.2"), ("josé", "jose"), ("josè", "jose.2"));
        Assert.Equal(["me.2", "jose", "jose.2"], asked.Renamed.Select(r => r.NewName));
        AssertRenamed("jose.2", await LogInAsync(host, "josè", PasswordOf("josè")));
        AssertRenamed("jose", await LogInAsync(host, "josé", PasswordOf("josé")));
    }

    [Fact]
    public async Task Import_NamesThatDifferInCase_AreToldApartOnceOneIsRenamed()
    {
        Add("Sven");
        Add("sven");
        await using var host = Host();
        Assert.Equal(2, (await ImportAsync(host)).LeftOut.Count);

        var both = await ImportAsync(host, ("Sven", "sven.a"), ("sven", "sven.b"));

        Assert.Empty(both.LeftOut);
        AssertRenamed("sven.a", await LogInAsync(host, "Sven", PasswordOf("Sven")));
        AssertRenamed("sven.b", await LogInAsync(host, "sven", PasswordOf("sven")));
        Assert.Same(Refusals.WrongLogin, (await LogInAsync(host, "SVEN", PasswordOf("sven"))).Refusal);
    }

    [Fact]
    public async Task Import_OneOfTwoThatDifferInCase_GoesFirstAndTheReportSaysSo()
    {
        Add("Sven");
        Add("sven");
        await using var host = Host();

        var report = await ImportAsync(host, ("sven", "sven.b"));

        Assert.Equal(
            ["Whoever logs in as sven reaches the user Sven: tell the former sven that the name is now sven.b."], report.Notes);
        Assert.Equal("Sven", (await LogInAsync(host, "sven", PasswordOf("Sven"))).Require().User.User.Username);
        Assert.Same(Refusals.WrongLogin, (await LogInAsync(host, "sven", PasswordOf("sven"))).Refusal);
        Assert.Equal(new ImportCount("users", 0, 2, 0), (await ImportAsync(host, ("sven", "sven.b"))).Counts[0]);
        Assert.Equal(new ImportCount("users", 0, 2, 0), (await ImportAsync(host)).Counts[0]);
    }

    [Fact]
    public async Task Import_AgainWithOtherNames_ChangesNothingAndBringsNothingBack()
    {
        Add("me@example.org");
        Add("gone@example.org");
        Add("ann");
        await using var host = Host();
        await ImportAsync(host);
        var gone = (await First.Users.FindPasswordAsync("gone-example.org", Ct))!.User;
        await First.Accounts.TryDeleteUserAsync(gone.Id, Write(), Ct);
        var before = await Database.DumpAsync();

        var report = await ImportAsync(host, ("me@example.org", "other"), ("gone@example.org", "back"), ("ann", "anna"));

        Assert.Equal(before, await Database.DumpAsync());
        Assert.Equal(new ImportCount("users", 0, 2, 1), report.Counts[0]);
        Assert.Contains("deleted since", Assert.Single(report.LeftOut).Reason, StringComparison.Ordinal);
        Assert.Equal(["ann was imported before and is not renamed to anna."], report.Notes);
        Assert.Same(Refusals.WrongLogin, (await LogInAsync(host, "gone@example.org", PasswordOf("gone@example.org"))).Refusal);
    }

    [Fact]
    public async Task LogIn_OldNameThatSomebodyHasSinceTaken_IsTheirs()
    {
        Add("ann");
        await using var host = Host();
        await ImportAsync(host, ("ann", "ann.old"));
        AssertRenamed("ann.old", await LogInAsync(host, "ann", PasswordOf("ann")));

        Assert.True((await First.Accounts.TryCreateUserAsync(NewUser("Ann", "another password"), Write(), Ct)).IsDone);

        Assert.True((await LogInAsync(host, "ann", "another password")).IsSuccess);
        Assert.Same(Refusals.WrongLogin, (await LogInAsync(host, "ann", PasswordOf("ann"))).Refusal);
    }

    [Fact]
    public async Task Import_NewNameThatIsTakenHere_LeavesTheUserOut()
    {
        Add("me@example.org");
        Add("you@example.org");
        await using var host = Host();
        Assert.True((await First.Accounts.TryCreateUserAsync(NewUser("ME-example.org", "another password"), Write(), Ct)).IsDone);

        var report = await ImportAsync(host, ("you@example.org", "me-example.ORG"));

        Assert.Equal(2, report.LeftOut.Count);
        Assert.All(report.LeftOut, r => Assert.Contains("would be called", r.Reason, StringComparison.Ordinal));
        Assert.Same(Refusals.WrongLogin, (await LogInAsync(host, "me@example.org", PasswordOf("me@example.org"))).Refusal);
    }

    [Fact]
    public async Task Import_RenameOfNobody_IsRefusedAndChangesNothing()
    {
        Add("me@example.org");
        await using var host = Host();
        var before = await Database.DumpAsync();

        var nobody = await Assert.ThrowsAsync<ImportSourceException>(() => ImportAsync(host, ("you@example.org", "you")));
        var twice = await Assert.ThrowsAsync<ImportSourceException>(
            () => ImportAsync(host, ("me@example.org", "one"), (" me@example.org", "two")));
        var invalid = await Assert.ThrowsAsync<ArgumentException>(() => ImportAsync(host, ("me@example.org", "a b")));

        Assert.Equal("The old database has no user \"you@example.org\", for whom another name was requested.", nobody.Message);
        Assert.Contains("one and two", twice.Message, StringComparison.Ordinal);
        Assert.Contains("not valid", invalid.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Database.DumpAsync());
    }

    [Fact]
    public async Task Import_DryRunWithRenames_SaysWhatTheRunWillSay()
    {
        Add("me@example.org");
        Add("Sven");
        Add("sven");
        await using var host = Host();
        var before = await Database.DumpAsync();

        var said = await ImportAsync(host, dryRun: true, ("sven", "sven.b"));

        Assert.Equal(before, await Database.DumpAsync());
        var done = await ImportAsync(host, ("sven", "sven.b"));
        Assert.Equal(Body(said), Body(done));
        Assert.Equal(2, said.Renamed.Count);
    }

    private static string Body(ImportReport report) => string.Join('\n', report.ToString().Split('\n').Skip(1));

    private static string PasswordOf(string name) => $"password of {name}";

    private static string Hash(string password) => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(4, 'b'));

    private static void AssertRenamed(string name, KohakuResult<LoginResult> outcome) =>
        Assert.Equal(Refusals.Renamed(name), outcome.Refusal);

    private static Task<KohakuResult<LoginResult>> LogInAsync(ServiceProvider host, string name, string password) =>
        host.GetRequiredService<ILoginService>().LogInAsync(name, password, Client, Ct);

    private static NewUser NewUser(string name, string password) => new()
    {
        Username = name,
        DisplayName = name,
        Role = Role.User,
        PasswordHash = Hash(password),
        CreatedAt = DateTimeOffset.UnixEpoch.AddYears(60),
    };

    private static AuthorizedWrite Write() => AuthorizedWrite.WithoutCredential(new AuditEntry
    {
        At = DateTimeOffset.UnixEpoch.AddYears(60),
        Actor = "_system",
        Action = "test.act",
        OperationId = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(60)),
    });

    private void Add(string name) => old.User(++users, name, Hash(PasswordOf(name)), "user");

    private Task<ImportReport> ImportAsync(ServiceProvider host, params (string Old, string New)[] renames) =>
        ImportAsync(host, dryRun: false, renames);

    private Task<ImportReport> ImportAsync(ServiceProvider host, bool dryRun, params (string Old, string New)[] renames) =>
        host.ImportKohakuRiverAsync(
            old.Path,
            new ImportOptions
            {
                DryRun = dryRun,
                TimeZone = TimeZoneInfo.Utc,
                Renames = renames.ToDictionary(r => r.Old, r => r.New, StringComparer.Ordinal),
            },
            Ct);

    private ServiceProvider Host()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Passwords.WorkFactor = 10).UseStores(_ => First).AddKohakuRiverImport();
        return services.BuildServiceProvider();
    }
}
