using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>The host's own tables as an older build made them.</summary>
public sealed class HostSchemaTests(PostgresServer server) : IDisposable
{
    private static readonly string[] Added = ["TargetNumaNodeId", "ContainerName", "BatchId", "ErrorMessage"];

    private readonly TempFolder folder = new();

    [Fact]
    public async Task OlderTables_InAFile_AreKeptAndUpgradedOnce()
    {
        var file = folder.File("k.host.db");
        await CheckAsync(() => new TestCluster(file), "tasks", "PRAGMA user_version = 1", "PRAGMA user_version = 3");
    }

    [Fact]
    public async Task OlderTables_OnPostgreSql_AreKeptAndUpgradedOnce()
    {
        var database = await server.CreateDatabaseAsync(migrated: false);
        var connection = server.ConnectionString(database) + ";Pooling=false";
        await CheckAsync(
            () => TestCluster.OnPostgreSql(connection), "host_tasks",
            "UPDATE host_schema SET version = 1", "UPDATE host_schema SET version = 3");
        await server.DropDatabaseAsync(database);
    }

    public void Dispose() => folder.Dispose();

    private static async Task CheckAsync(Func<TestCluster> open, string table, string makeOld, string makeNewer)
    {
        long old;
        using (var cluster = open())
        {
            old = await cluster.AddAsync();
            foreach (var column in Added)
            {
                await RunAsync(cluster, $"ALTER TABLE {table} DROP COLUMN \"{column}\"");
            }

            await RunAsync(cluster, makeOld);
        }

        // Two at once: hosts are restarted together.
        using (var one = open())
        using (var other = open())
        {
            await Task.WhenAll(
                Task.Run(() => one.Tasks.FindAsync(old, default)), Task.Run(() => other.Tasks.FindAsync(old, default)));

            Assert.Null((await one.Tasks.FindAsync(old, default))!.BatchId);
            Assert.True(await other.Tasks.TryMoveAsync(old, TaskStatuses.Pending, TaskStatuses.Failed, default, "It was old."));
            Assert.Equal("It was old.", (await one.Tasks.FindAsync(old, default))!.ErrorMessage);
            await RunAsync(one, makeNewer);
        }

        using var older = open();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => older.Tasks.FindAsync(old, default));
        Assert.Equal("The host's database has schema version 3; this build knows 2.", fault.Message);
    }

    private static Task<int> RunAsync(TestCluster cluster, string sql) =>
        cluster.Database.WriteAsync(db => db.Database.ExecuteSqlRawAsync(sql), default);
}
