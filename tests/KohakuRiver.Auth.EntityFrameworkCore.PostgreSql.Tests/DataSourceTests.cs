using System.Transactions;
using KohakuRiver.Auth.EntityFrameworkCore.Tests;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>Stores over the host's own pool.</summary>
public sealed class DataSourceTests(PostgresServer server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pool_OfTheHost_IsUsedAndStaysOpen()
    {
        await using var database = new TempDatabase(server, migrated: false);
        await database.MakeAsync();
        var asked = 0;
        var builder = new NpgsqlDataSourceBuilder(database.ConnectionString);
        builder.ConnectionStringBuilder.ApplicationName = "the-host";
        builder.UsePhysicalConnectionInitializer(
            _ => Interlocked.Increment(ref asked),
            _ =>
            {
                Interlocked.Increment(ref asked);
                return Task.CompletedTask;
            });
        await using var pool = builder.Build();
        await using (var stores = new PostgreSqlStoreSet(new PostgreSqlStoreOptions { DataSource = pool }))
        {
            await stores.InitializeAsync(Ct);
            var id = await Make.UserAsync(stores, "mary");
            Assert.NotNull(await stores.Users.FindAsync(id, Ct));
            await stores.Changes!.ReadAsync(0, Ct);
        }

        Assert.True(asked > 0);
        await using var command = pool.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'the-host'");
        Assert.True((long)(await command.ExecuteScalarAsync(Ct))! > 0);
    }

    [Fact]
    public async Task Pool_OfTheContainer_IsUsed()
    {
        await using var database = new TempDatabase(server);
        await database.MakeAsync();
        var opened = 0;
        var builder = new NpgsqlDataSourceBuilder(database.ConnectionString);
        builder.UsePhysicalConnectionInitializer(_ => opened++, _ => Task.FromResult(Interlocked.Increment(ref opened)));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(builder.Build());

        // <snippet:data-source>
        services.AddKohakuAuth()
            .UsePostgreSql(provider => new() { DataSource = provider.GetRequiredService<NpgsqlDataSource>() });
        // </snippet:data-source>
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<KohakuStoreSet>().InitializeAsync(Ct);
        Assert.True(opened > 0);
    }

    [Fact]
    public async Task Transaction_OfTheHostAroundACall_IsNotJoined()
    {
        await using var database = new TempDatabase(server);
        await database.MakeAsync();
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString + ";Enlist=true");
        await using var stores = new PostgreSqlStoreSet(new PostgreSqlStoreOptions { DataSource = pool });
        await stores.InitializeAsync(Ct);
        long id;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            id = await Make.UserAsync(stores, "mary");
            await stores.Changes!.ReadAsync(0, Ct);

            // Left without Complete: what takes part in it is undone.
        }

        Assert.NotNull(await stores.Users.FindAsync(id, Ct));
    }

    [Theory]
    [InlineData("Include Error Detail=true")]
    [InlineData("Log Parameters=true")]
    public void Pool_ThatWritesValuesIntoLogs_IsRefused(string setting)
    {
        using var pool = NpgsqlDataSource.Create("Host=nowhere;" + setting);
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKohakuAuth().UsePostgreSql(pool));
    }

    [Fact]
    public void Options_WithBothWays_AreRefused()
    {
        using var pool = NpgsqlDataSource.Create("Host=nowhere");
        Assert.Throws<ArgumentException>(() => new PostgreSqlStoreSet(
            new PostgreSqlStoreOptions { DataSource = pool, ConnectionString = "Host=nowhere" }));
    }
}
