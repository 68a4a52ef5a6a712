using System.Data.Common;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>Connections cut by the server under the writer: nothing half done, nothing twice.</summary>
public class CutTests(PostgresServer server)
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    public async Task Write_CutAtEachOfItsStatements_IsDoneOnceAndWhole()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var group = (await stores.Groups.TryCreateAsync(
            new NewGroup("g", "", 0, new Dictionary<string, long>(StringComparer.Ordinal), Make.Now), Make.Audit(), Ct)).Value!.Id;
        var cut = new CutBefore(database);
        var cutting = await database.OpenAsync(o => o.Interceptors = [cut]);
        var cuts = 0;
        for (var statement = 1; ; statement++)
        {
            var name = "user" + statement;
            cut.Arm(statement);
            var made = await cutting.Accounts.TryRegisterAsync(
                Make.User(name) with { GroupIds = [group] }, Make.Session(), Make.Audit("register." + name), Ct);

            Assert.True(made.IsDone);
            Assert.Equal(1L, await database.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_users WHERE username = '{name}'"));
            Assert.Equal(
                1L, await database.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_sessions WHERE user_id = {made.Value.User.User.Id}"));
            Assert.Equal(
                1L, await database.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_memberships WHERE user_id = {made.Value.User.User.Id}"));
            Assert.Equal(1, (await stores.Audit.ListAsync(new AuditQuery { Action = "register." + name }, Ct)).Total);
            if (!cut.HasCut)
            {
                break;
            }

            cuts++;
        }

        // User, groups, membership, session, its limit, the answer's two, the entry; and the commit.
        Assert.InRange(cuts, 6, 30);
        Assert.Equal(cuts + 1L, await database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_users"));
    }

    [Fact]
    public async Task Epoch_OfAServerThatLostItsLastCommits_IsNotTakenForTheOldOne()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var (alice, bob) = (await Make.UserAsync(stores, "alice"), await Make.UserAsync(stores, "bob"));
        await database.ExecuteAsync($"UPDATE kohaku_users SET role = 1 WHERE id = {alice}");
        var known = (await stores.Changes!.ReadAsync(-1, Ct)).Epoch;
        Assert.Empty((await stores.Changes.ReadAsync(known, Ct)).Touched!);

        // A standby takes over that has not heard of the last change, and goes on from there to the same number.
        await database.ExecuteAsync(
            $"""
            UPDATE kohaku_change_epoch SET value = value - 1;
            DELETE FROM kohaku_changes WHERE epoch = {known};
            UPDATE kohaku_users SET role = 1 WHERE id = {bob};
            """);
        await database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        var after = await stores.Changes.ReadAsync(known, Ct);
        Assert.Equal(known, after.Epoch);
        Assert.Null(after.Touched);
        Assert.Empty((await stores.Changes.ReadAsync(known, Ct)).Touched!);
    }

    [Fact]
    public async Task Write_CommittedButNotHeardOf_IsAnsweredOnceAndDoneOnce()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var lost = new LoseCommits(1);
        var cutting = await database.OpenAsync(o => o.Interceptors = [lost]);

        var made = await cutting.Accounts.TryCreateUserAsync(Make.User("once"), Make.Audit("user.create"), Ct);

        Assert.True(made.IsDone);
        Assert.Equal(0, lost.Left);
        Assert.Equal(made.Value.User, await stores.Users.FindAsync(made.Value.User.Id, Ct));
        Assert.Equal(1, (await stores.Audit.ListAsync(new AuditQuery { Action = "user.create" }, Ct)).Total);
    }

    [Fact]
    public async Task Write_CutWhileTheServerIsStillCommitting_IsDoneOnce()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        await database.ExecuteAsync(
            """
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON kohaku_audit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow();
            """);
        using var cutter = new CommitCutter(database.ConnectionString + ";Pooling=true;SSL Mode=Disable");
        var cutting = await database.OpenAsync(o => o.ConnectionString = cutter.ConnectionString);
        await cutting.Users.AnyAsync(Ct);
        cutter.Arm();

        await cutting.Audit.AppendAsync(Make.Audit("slow.entry").Audit, Ct);

        Assert.Equal(0, cutter.Left);
        Assert.Equal(1, (await stores.Audit.ListAsync(new AuditQuery { Action = "slow.entry" }, Ct)).Total);
    }

    [Fact]
    public async Task Writes_BackendsKilledAllTheTime_EachAnsweredDoneIsThereOnce()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        using var done = new CancellationTokenSource();
        var cutting = await database.OpenAsync();
        var killer = Task.Run(
            async () =>
            {
                // On a connection of its own, so that it kills only the writers'.
                await using var connection = await database.OpenRawAsync();
                await using var kill = new NpgsqlCommand(
                    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND "
                        + "application_name = 'KohakuRiver.Auth'",
                    connection);
                var killed = 0L;
                while (!done.IsCancellationRequested)
                {
                    killed += (long)(await kill.ExecuteScalarAsync(Ct))!;
                    await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, Ct);
                }

                return killed;
            },
            Ct);

        var answers = new List<(string Name, bool Done)>();
        foreach (var batch in Enumerable.Range(0, 200).Chunk(4))
        {
            answers.AddRange(await Task.WhenAll(batch.Select(i => Task.Run(() => CreateAsync(cutting, "user" + i), Ct))));
        }

        await done.CancelAsync();
        Assert.True(await killer > 0);

        foreach (var (name, isDone) in answers)
        {
            var users = await database.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_users WHERE username = '{name}'");
            var entries = (await stores.Audit.ListAsync(new AuditQuery { Action = "create." + name }, Ct)).Total;

            // An outage may have been reported for a commit that went through, never the other way round.
            Assert.True(isDone ? users == 1 : users <= 1, name);
            Assert.Equal(users, entries);
        }

        Assert.Contains(answers, a => a.Done);
    }

    private static async Task<(string Name, bool Done)> CreateAsync(KohakuStoreSet stores, string name)
    {
        try
        {
            return (name, (await stores.Accounts.TryCreateUserAsync(Make.User(name), Make.Audit("create." + name), Ct)).IsDone);
        }
        catch (StoreUnavailableException)
        {
            return (name, false);
        }
    }

    /// <summary>Has the server end the connection before its n-th statement, commits counted.</summary>
    private sealed class CutBefore(TempDatabase database) : DbCommandInterceptor, IDbTransactionInterceptor
    {
        private int left;

        public bool HasCut { get; private set; }

        public void Arm(int statement)
        {
            left = statement;
            HasCut = false;
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            await CutAsync(command.Connection!);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await CutAsync(command.Connection!);
            return result;
        }

        public async ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default)
        {
            await CutAsync(transaction.Connection!);
            return result;
        }

        private async Task CutAsync(DbConnection connection)
        {
            if (--left == 0)
            {
                HasCut = true;
                await database.ExecuteAsync($"SELECT pg_terminate_backend({((NpgsqlConnection)connection).ProcessID}, 5000)");
            }
        }
    }

    private sealed class LoseCommits(int count) : DbTransactionInterceptor
    {
        public int Left { get; private set; } = count;

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            Left > 0 && Left-- > 0 ? throw new NpgsqlException("cut", new IOException("cut")) : Task.CompletedTask;
    }
}
