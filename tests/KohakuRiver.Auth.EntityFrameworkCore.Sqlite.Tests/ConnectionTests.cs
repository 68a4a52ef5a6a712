using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

public class ConnectionTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    public async Task Connections_TwentyAtOnceAndUsedAgain_AllHaveTheSettings()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var engine = new SqliteAuthDatabase(new SqliteStoreOptions
        {
            ConnectionString = database.ConnectionString,
            BusyTimeout = TimeSpan.FromMilliseconds(1234),
        });

        for (var round = 0; round < 3; round++)
        {
            var open = new List<AuthDbContext>();
            for (var i = 0; i < 20; i++)
            {
                var db = engine.CreateContext();
                await db.Database.OpenConnectionAsync(Ct);
                open.Add(db);
            }

            foreach (var db in open)
            {
                Assert.Equal(1, await PragmaAsync(db, "foreign_keys"));
                Assert.Equal(2, await PragmaAsync(db, "synchronous"));
                Assert.Equal(1234, await PragmaAsync(db, "busy_timeout"));
                await db.DisposeAsync();
            }
        }
    }

    [Fact]
    [Trait("Requirement", "V15.2.1")]
    public async Task JournalMode_OfThisSqlite_IsTheOneThatIsSafe()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var safeWal = Version.Parse(database.Scalar<string>("SELECT sqlite_version()")) >= new Version(3, 51, 3);

        Assert.Equal(safeWal ? "wal" : "delete", database.Scalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task JournalMode_FileInAnotherMode_IsChangedAtStart()
    {
        await using var database = new TempDatabase();
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        var safeWal = Version.Parse(database.Scalar<string>("SELECT sqlite_version()")) >= new Version(3, 51, 3);
        database.Execute(safeWal ? "PRAGMA journal_mode=delete" : "PRAGMA journal_mode=wal");
        database.Execute("CREATE TABLE t (x)");

        await database.Open().InitializeAsync(Ct);

        Assert.Equal(safeWal ? "wal" : "delete", database.Scalar<string>("PRAGMA journal_mode"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=shared;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=file:auth.db?mode=memory")]
    [InlineData("Nonsense=1")]
    [InlineData("Data Source=Data Source=auth.db")]
    [InlineData("Data Source=DataSource=auth.db;Cache=Shared")]
    [InlineData("Data Source=Filename=auth.db")]
    public void ConnectionString_NamesNoFile_IsRefused(string connectionString) =>
        Assert.Throws<ArgumentException>(() => SqliteStoreSet.Open(connectionString));

    [Fact]
    public void ConnectionString_Unreadable_DoesNotEchoItself()
    {
        var refused = Assert.Throws<ArgumentException>(() => SqliteStoreSet.Open("Data Source=a.db;Mode=hunter2"));

        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseSqlite_CalledTwice_LastOneWinsAndThereIsOneSet()
    {
        await using var first = new TempDatabase();
        await using var second = new TempDatabase();
        var services = new ServiceCollection();
        services.AddKohakuAuth(_ => { }).UseSqlite(first.ConnectionString).UseSqlite(second.ConnectionString);
        await using var provider = services.BuildServiceProvider();

        var sets = provider.GetServices<KohakuStoreSet>().ToList();
        await Assert.Single(sets).InitializeAsync(Ct);

        Assert.True(File.Exists(second.Path));
        Assert.False(File.Exists(first.Path));
    }

    [Fact]
    public async Task UseSqlite_WithTheContainer_AsksItOnceForTheOptions()
    {
        await using var database = new TempDatabase();
        var asked = 0;
        var services = new ServiceCollection();
        services.AddSingleton(_ =>
        {
            asked++;
            return new LabSettings(database.ConnectionString);
        });

        // <snippet:container>
        services.AddKohakuAuth()
            .UseSqlite(provider => new() { ConnectionString = provider.GetRequiredService<LabSettings>().Database });
        // </snippet:container>
        await using var provider = services.BuildServiceProvider();
        Assert.Equal(0, asked);

        await provider.GetRequiredService<KohakuStoreSet>().InitializeAsync(Ct);

        Assert.IsType<SqliteStoreSet>(provider.GetRequiredService<KohakuStoreSet>());
        Assert.True(File.Exists(database.Path));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task UseSqlite_WithTheContainerAndWrongOptions_FailsTheStart()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddKohakuAuth(_ => { }).UseSqlite(_ => new() { ConnectionString = "Data Source=:memory:" });
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => host.StartAsync(Ct));

        Assert.Contains("must name a file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseSqlite_InMemory_FailsWhereItIsTyped() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKohakuAuth(_ => { }).UseSqlite("Data Source=:memory:"));

    [Fact]
    public async Task Stores_OfOneSet_ShareATransactionDomain()
    {
        await using var database = new TempDatabase();
        var stores = database.Open();

        Assert.Same(stores.Users.TransactionDomain, stores.Approvals.TransactionDomain);
    }

    private sealed record LabSettings(string Database);

    private static async Task<long> PragmaAsync(AuthDbContext db, string name)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
