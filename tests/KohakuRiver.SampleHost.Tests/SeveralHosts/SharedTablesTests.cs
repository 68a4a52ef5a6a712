using System.Data.Common;
using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>The host's own tables on PostgreSQL, without the hosts.</summary>
public sealed class SharedTablesTests(PostgresServer server)
{
    [Fact]
    public async Task Tables_MadeByManyHostsAtOnce_AreMadeOnceAndTheNodeIsThereOnce()
    {
        for (var round = 0; round < 5; round++)
        {
            await WithDatabaseAsync(async connection =>
            {
                var clusters = Enumerable.Range(0, 8).Select(_ => TestCluster.OnPostgreSql(connection)).ToList();

                await Task.WhenAll(clusters.Select(c => Task.Run(() => c.Nodes.BeatAsync(c.Node, default))));

                Assert.Single(await clusters[0].Nodes.ListAsync(default));
                clusters.ForEach(c => c.Dispose());
            });
        }
    }

    [Fact]
    public Task Claim_ByTwoHostsAtOnce_GivesEachTaskToOne() => WithDatabaseAsync(async connection =>
    {
        using var one = TestCluster.OnPostgreSql(connection);
        using var other = TestCluster.OnPostgreSql(connection);
        for (var round = 0; round < 50; round++)
        {
            var ids = new List<long> { await one.AddAsync(), await one.AddAsync(), await one.AddAsync() };

            var claims = await Task.WhenAll(Task.Run(() => one.Runs.ClaimAsync(default)), Task.Run(() => other.Runs.ClaimAsync(default)));

            Assert.Equal(ids, claims.SelectMany(c => c).Select(t => t.Id).Order());
        }
    });

    [Fact]
    public Task Claim_OfMoreThanTheNodeHas_RespectsItsCoresAcrossHosts() => WithDatabaseAsync(async connection =>
    {
        using var one = TestCluster.OnPostgreSql(connection);
        using var other = TestCluster.OnPostgreSql(connection);
        for (var round = 0; round < 20; round++)
        {
            var ids = new List<long> { await one.AddAsync(cores: one.Node.Cores), await one.AddAsync(cores: one.Node.Cores) };

            var claims = await Task.WhenAll(Task.Run(() => one.Runs.ClaimAsync(default)), Task.Run(() => other.Runs.ClaimAsync(default)));

            Assert.Equal([ids[0]], claims.SelectMany(c => c).Select(t => t.Id));
            Assert.Equal(2, await one.Database.WriteAsync(db => db.Tasks.ExecuteDeleteAsync(), default));
        }
    });

    [Fact]
    public Task Claim_WhoseCommitIsNotHeardOf_IsTakenUpNextTime() => WithDatabaseAsync(async connection =>
    {
        var lost = new LoseOneCommit();
        using var cluster = TestCluster.OnPostgreSql(connection, lost);
        var id = await cluster.AddAsync();
        lost.IsArmed = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => cluster.Runs.ClaimAsync(default));

        Assert.Equal([id], (await cluster.Runs.ClaimAsync(default)).Select(t => t.Id));
        Assert.Empty(await cluster.Runs.ClaimAsync(default));
    });

    [Fact]
    public Task Move_ByManyAtOnce_IsWonByOne() => WithDatabaseAsync(async connection =>
    {
        using var one = TestCluster.OnPostgreSql(connection);
        using var other = TestCluster.OnPostgreSql(connection);
        for (var round = 0; round < 50; round++)
        {
            var id = await one.AddAsync(TaskStatuses.PendingApproval);

            var moves = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
                () => (i % 2 == 0 ? one : other).Tasks
                    .TryMoveAsync(id, TaskStatuses.PendingApproval, i < 3 ? TaskStatuses.Pending : TaskStatuses.Rejected, default))));

            Assert.Single(moves, won => won);
        }
    });

    private async Task WithDatabaseAsync(Func<string, Task> test)
    {
        var database = await server.CreateDatabaseAsync(migrated: false);
        var connection = server.ConnectionString(database) + ";Pooling=true;Maximum Pool Size=20";
        try
        {
            await test(connection);
        }
        finally
        {
            await using (var pooled = new NpgsqlConnection(connection))
            {
                NpgsqlConnection.ClearPool(pooled);
            }

            await server.DropDatabaseAsync(database);
        }
    }

    private sealed class LoseOneCommit : DbTransactionInterceptor
    {
        public bool IsArmed { get; set; }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            var armed = IsArmed;
            IsArmed = false;
            return armed ? throw new NpgsqlException("cut", new IOException("cut")) : Task.CompletedTask;
        }
    }
}
