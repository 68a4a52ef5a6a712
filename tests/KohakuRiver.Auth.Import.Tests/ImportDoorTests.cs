using System.Diagnostics;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using KohakuRiver.Auth.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>The doors: what they need, what they leave alone, and what can be seen of an import from outside.</summary>
public sealed class ImportDoorTests(PostgresServer server) : IAsyncLifetime
{
    private readonly OldHostFile old = new();
    private readonly SqliteDatabase database = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        old.User(1, "root", TestHost.PasswordHash, "admin");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        old.Dispose();
        return database.DisposeAsync();
    }

    [Fact]
    public async Task ImportKohakuRiver_NewHost_MakesTheDatabaseAndReports()
    {
        var services = new ServiceCollection().AddLogging();
        var (connectionString, path) = (database.ConnectionString + ";Pooling=False", old.Path);

        // <snippet:import>
        services.AddKohakuAuth().UseSqlite(connectionString).AddKohakuRiverImport();

        await using var provider = services.BuildServiceProvider();
        var report = await provider.ImportKohakuRiverAsync(path, new ImportOptions { DryRun = false, TimeZone = TimeZoneInfo.Utc });
        Console.WriteLine(report); // What was imported, and every row that was left out, with the reason.
        // </snippet:import>

        Assert.Equal(new ImportCount("users", 1, 0, 0), report.Counts[0]);
        Assert.Equal(SchemaState.Current, await provider.GetRequiredService<KohakuStoreSet>().CheckSchemaAsync(Ct));
    }

    [Fact]
    public async Task ImportKohakuRiver_WithoutItsRegistration_SaysWhatIsMissing()
    {
        await using var provider = new ServiceCollection().AddLogging()
            .AddKohakuAuth().UseSqlite(database.ConnectionString).Services.BuildServiceProvider();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => provider.ImportKohakuRiverAsync(old.Path, cancellationToken: Ct));

        Assert.Contains("AddKohakuRiverImport()", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(database.Path));
    }

    [Fact]
    public async Task ImportKohakuRiver_IntoOtherStores_SaysWhichItNeeds()
    {
        await using var host = new TestHost(new InMemoryStoreSet());

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Services.ImportKohakuRiverAsync(old.Path, cancellationToken: Ct));

        Assert.Contains("UseSqlite", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(InMemoryStoreSet), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportKohakuRiver_KnownVpsOnly_TakesThoseOfTheDirectoryAndNeedsOne()
    {
        old.Vps(1, 11, 1);
        old.Vps(2, 22, 1);
        var options = new ImportOptions { KnownVpsOnly = true, TimeZone = TimeZoneInfo.Utc };
        await using var without = Provider(_ => { });

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => without.ImportKohakuRiverAsync(old.Path, options, Ct));

        Assert.Contains("AddVpsDirectory<T>()", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(database.Path));
        await using var with = Provider(auth => auth.AddVpsDirectory<OneVps>());
        var report = await with.ImportKohakuRiverAsync(old.Path, options, Ct);
        Assert.Equal(new ImportCount("vps_assignments", 1, 0, 1), report.Counts[^1]);
        Assert.Equal(new ImportRemark("vps_assignments", 2, "22", "This host does not have the VPS."), Assert.Single(report.LeftOut));
        Assert.Equal(["11"], await with.GetRequiredService<KohakuStoreSet>().VpsAssignments.ListVpsAsync(Ct));
    }

    /// <summary>Nobody can ask other stores whether they hold any, so there a bearer of another form is looked up.</summary>
    [Fact]
    public async Task Bearer_OfAnotherFormWithOtherStores_IsLookedUp()
    {
        Assert.SkipUnless(ImportedToken.IsSupported, "This machine cannot compute SHA3-512.");
        await using var host = new TestHost(new InMemoryStoreSet());
        Assert.True(ImportedToken.TryHash(TestHost.OldToken, out var hash));
        var user = new NewUser
        {
            Username = "old.hand",
            DisplayName = "Old hand",
            Role = Role.User,
            PasswordHash = "-",
            CreatedAt = host.Now,
        };
        var owner = (await host.Stores.Accounts.TryCreateUserAsync(user, Write(host), Ct)).Value!.User;
        var token = new NewToken { UserId = owner.Id, Hash = hash, Prefix = "imported", Name = "ci", CreatedAt = host.Now, Limit = 9 };
        Assert.True((await host.Stores.Tokens.TryCreateAsync(token, Write(host), Ct)).IsDone);

        Assert.Equal("old.hand", await host.FindAsync(TestHost.OldToken));
        Assert.Equal("old.hand", await host.FindAsync(TestHost.OldToken));
        Assert.Null(await host.FindAsync("x" + TestHost.OldToken));
    }

    [Fact]
    public async Task DryRun_NoDatabaseYet_ReportsAndMakesNoFile()
    {
        await using var host = new TestHost(database.Open());

        var report = await host.Services.ImportKohakuRiverAsync(old.Path, new ImportOptions { DryRun = true }, Ct);

        Assert.True(report.IsDryRun);
        Assert.Equal(new ImportCount("users", 1, 0, 0), report.Counts[0]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(database.Directory));
    }

    [Fact]
    public async Task DryRun_SchemaMissingInAFile_IsRefusedAndMakesNone()
    {
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        await using var host = new TestHost(database.Open());

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Services.ImportKohakuRiverAsync(old.Path, new ImportOptions { DryRun = true }, Ct));

        Assert.Contains("start the host once", refused.Message, StringComparison.Ordinal);
        Assert.Empty(database.Tables());
    }

    [Fact]
    public async Task DryRun_SchemaMissingOnPostgreSql_IsRefusedAndMakesNone()
    {
        await using var empty = new PostgreSqlDatabase(server, migrated: false);
        await using var host = new TestHost(await empty.OpenAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Services.ImportKohakuRiverAsync(old.Path, new ImportOptions { DryRun = true }, Ct));

        Assert.Empty(await empty.TablesAsync());
    }

    [Fact]
    public async Task Import_FileThatIsNone_LeavesTheDatabaseAlone()
    {
        await using var host = new TestHost(database.Open());

        await Assert.ThrowsAsync<ImportSourceException>(() => host.Services.ImportKohakuRiverAsync(database.Path, cancellationToken: Ct));

        Assert.False(File.Exists(database.Path));
    }

    [Fact]
    public async Task Import_Always_IsAnActivity()
    {
        await using var host = new TestHost(database.Open());
        using var root = new Activity("test");
        root.SetIdFormat(ActivityIdFormat.W3C).Start();
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == KohakuAuthDiagnostics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = a =>
            {
                if (a.TraceId == root.TraceId)
                {
                    ended.Add(a);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await host.Services.ImportKohakuRiverAsync(old.Path, new ImportOptions { DryRun = true }, Ct);
        await File.WriteAllTextAsync(database.Path, string.Concat(Enumerable.Repeat("this is a letter to my aunt ", 100)), Ct);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Services.ImportKohakuRiverAsync(old.Path, cancellationToken: Ct));

        // As docs/observability.md lists them.
        Assert.All(ended, a => Assert.Equal("kohaku_river.auth.import", a.OperationName));
        Assert.Equal([true, false], ended.Select(a => a.GetTagItem("kohaku_river.auth.import.dry_run")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], ended.Select(a => a.Status));
        Assert.Equal([null, typeof(StoreUnavailableException).FullName], ended.Select(a => a.GetTagItem("error.type")));
        Assert.All(ended, a => Assert.Null(a.StatusDescription));
    }

    [Fact]
    public async Task Command_ServicesThatCannotBeMade_EndsWithTwoAndNamesTheSettings()
    {
        using var errors = new StringWriter();

        var code = await ImportCommand.RunAsync(
            [old.Path],
            _ => throw new OptionsValidationException("", typeof(KohakuAuthOptions), ["KohakuAuth:One is odd.", "KohakuAuth:Two is odd."]),
            TextWriter.Null,
            errors,
            Ct);

        Assert.Equal(ImportCommand.NothingDone, code);
        Assert.Contains("KohakuAuth:One is odd.", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("KohakuAuth:Two is odd.", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithSettingsBehindIt_HandsThemToTheHostAndDisposesIt()
    {
        IServiceProvider? made = null;
        string[] settings = [];
        using var output = new StringWriter();

        var code = await ImportCommand.RunAsync(
            [old.Path, "--dry-run", "--KohakuAuth:One=1", "--KohakuAuth:Two", "2", "--time-zone", "UTC"],
            given =>
            {
                settings = given;
                return made = new TestHost(database.Open()).Services;
            },
            output,
            TextWriter.Null,
            Ct);

        Assert.Equal(ImportCommand.AllThere, code);
        Assert.Equal(["--KohakuAuth:One=1", "--KohakuAuth:Two", "2"], settings);
        Assert.StartsWith("This is what an import would do. Nothing was written.", output.ToString(), StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => made!.GetService<ICredentialService>());
    }

    [Fact]
    public void Report_NamesThatMoveTheCursor_AreShownHarmless()
    {
        var report = new ImportReport
        {
            IsDryRun = false,
            Counts = [new ImportCount("users", 0, 0, 1)],
            LeftOut = [new ImportRemark("users", 7, "a\u001b[2J\u202e\n" + new string('z', 99), "It is odd.")],
            Changed = [],
            Notes = ["One note."],
        };

        var lines = report.ToString().Split(Environment.NewLine);

        Assert.Equal("The import is done.", lines[0]);
        Assert.Contains($"  users 7 \"a?[2J??{new string('z', 53)}\": It is odd.", lines);
        Assert.Contains("  One note.", lines);
    }

    private ServiceProvider Provider(Action<KohakuAuthBuilder> more)
    {
        var services = new ServiceCollection().AddLogging();
        more(services.AddKohakuAuth().UseSqlite(database.ConnectionString + ";Pooling=False").AddKohakuRiverImport());
        return services.BuildServiceProvider();
    }

    private sealed class OneVps : IVpsDirectory
    {
        public Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<VpsInfo>>([new VpsInfo("11", "one")]);

        public Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
            throw new NotSupportedException("An import asks for the list.");
    }

    private static AuthorizedWrite Write(TestHost host) => AuthorizedWrite.WithoutCredential(new AuditEntry
    {
        At = host.Now,
        Actor = "_system",
        Action = "test.act",
        OperationId = Guid.CreateVersion7(),
    });
}
