using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KohakuRiver.Auth.Stores;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

public class OutageTests(PostgresServer server)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    [Trait("Requirement", "V16.5.2")]
    public async Task Everything_ServerStopped_IsAnOutageInTimeAndRecoversWithoutRestart()
    {
        await using var ownServer = await PostgresServer.StartAnotherAsync();
        await using var database = new TempDatabase(ownServer);
        var stores = await database.OpenAsync(WithDefaultTimes);
        await stores.InitializeAsync(Ct);
        await Make.UserAsync(stores, "before");

        ownServer.Stop();
        await AssertOutageAsync(() => stores.Users.AnyAdminAsync(Ct));
        await AssertOutageAsync(() => Make.UserAsync(stores, "during"));
        await AssertOutageAsync(() => stores.InitializeAsync(Ct));
        await AssertOutageAsync(() => stores.CheckSchemaAsync(Ct));
        ownServer.Start();

        Assert.True(await Make.UserAsync(stores, "after") > 0);
        Assert.NotNull(await stores.Users.FindPasswordAsync("before", Ct));
        Assert.Null(await stores.Users.FindPasswordAsync("during", Ct));
    }

    [Fact]
    [Trait("Requirement", "V13.1.3")]
    public async Task Connect_NobodyAnswers_IsAnOutageInTime()
    {
        // Accepts connections, as the kernel does for a process that hangs, and says nothing.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using var stores = PostgreSqlStoreSet.Open($"Host=127.0.0.1;Port={port};Username=x;Database=x");

        await AssertOutageAsync(() => stores.Users.AnyAsync(Ct));
    }

    [Fact]
    [Trait("Requirement", "V13.1.2")]
    public async Task Read_AllConnectionsInUse_IsAnOutageInTimeAndThenWorks()
    {
        await using var database = new TempDatabase(server);
        var stores = await database.OpenAsync(o =>
        {
            WithDefaultTimes(o);
            o.ConnectionString += ";Maximum Pool Size=1";
        });
        await stores.InitializeAsync(Ct);
        var engine = (PostgreSqlAuthDatabase)stores.Users.TransactionDomain;
        await using (await engine.Pool.Source.OpenConnectionAsync(Ct))
        {
            await AssertOutageAsync(() => stores.Users.AnyAsync(Ct));
        }

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    [Trait("Requirement", "V13.1.3"), Trait("Requirement", "V15.4.3")]
    public async Task Write_RowHeldByAnotherTooLong_IsAnOutageInTimeAndDidNotHappen()
    {
        await using var database = new TempDatabase(server);
        var stores = await database.OpenAsync(WithDefaultTimes);
        await stores.InitializeAsync(Ct);
        var id = await Make.UserAsync(stores, "held");
        await using (var other = await database.OpenRawAsync())
        {
            await using var transaction = await other.BeginTransactionAsync(Ct);
            await using var command = new NpgsqlCommand($"SELECT 1 FROM kohaku_users WHERE id = {id} FOR UPDATE", other, transaction);
            await command.ExecuteNonQueryAsync(Ct);
            await AssertOutageAsync(() => stores.Accounts.TrySetPasswordAsync(id, "new", false, Make.Audit(), Ct));
        }

        Assert.Equal("hash-of-held", (await stores.Users.FindPasswordAsync(id, Ct))!.PasswordHash);
        Assert.Equal(WriteStatus.Done, await stores.Accounts.TrySetPasswordAsync(id, "new", false, Make.Audit(), Ct));
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Write_ReadOnlyServer_IsAnOutageAndReadsGoOn()
    {
        await using var database = new TempDatabase(server);
        var stores = await database.OpenAsync();
        await stores.InitializeAsync(Ct);
        await Make.UserAsync(stores, "there");
        var readOnly = await database.OpenAsync(o => o.ConnectionString += ";Options=-c default_transaction_read_only=on");
        await readOnly.InitializeAsync(Ct);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Make.UserAsync(readOnly, "never"));

        Assert.NotNull(await readOnly.Users.FindPasswordAsync("there", Ct));
        Assert.Null(await stores.Users.FindPasswordAsync("never", Ct));
    }

    [Fact]
    public async Task Write_CancelledWhileWaitingForARow_DidNotHappen()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var id = await Make.UserAsync(stores, "held");
        using var cancel = new CancellationTokenSource();
        await using (var other = await database.OpenRawAsync())
        {
            await using var transaction = await other.BeginTransactionAsync(Ct);
            await using var command = new NpgsqlCommand($"SELECT 1 FROM kohaku_users WHERE id = {id} FOR UPDATE", other, transaction);
            await command.ExecuteNonQueryAsync(Ct);
            var waiting = stores.Accounts.TrySetPasswordAsync(id, "new", false, Make.Audit(), cancel.Token);
            cancel.CancelAfter(TimeSpan.FromMilliseconds(300));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Equal("hash-of-held", (await stores.Users.FindPasswordAsync(id, Ct))!.PasswordHash);
    }

    [Fact]
    public async Task Prune_OnAContextOfThePool_LeavesItsTimeOutAsItWas()
    {
        await using var database = new TempDatabase(server);
        var stores = await database.OpenAsync(WithDefaultTimes);
        await stores.InitializeAsync(Ct);
        await stores.Audit.PruneAsync(Make.Now, Ct);

        // Still three seconds, not the minutes of pruning.
        var id = await Make.UserAsync(stores, "held");
        await using var other = await database.OpenRawAsync();
        await using var transaction = await other.BeginTransactionAsync(Ct);
        await using var command = new NpgsqlCommand($"SELECT 1 FROM kohaku_users WHERE id = {id} FOR UPDATE", other, transaction);
        await command.ExecuteNonQueryAsync(Ct);
        await AssertOutageAsync(() => stores.Users.ClearLoginFailuresAsync(id, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Database=x")]
    [InlineData("Host=x;Port=secret")]
    public void Options_ConnectionStringUnusable_IsRefusedWithoutRepeatingIt(string connectionString)
    {
        var refused = Assert.Throws<ArgumentException>(() => PostgreSqlStoreSet.Open(connectionString));

        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    private static void WithDefaultTimes(PostgreSqlStoreOptions options)
    {
        var defaults = new PostgreSqlStoreOptions();
        options.ConnectTimeout = defaults.ConnectTimeout;
        options.CommandTimeout = defaults.CommandTimeout;
    }

    private static async Task AssertOutageAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<StoreUnavailableException>(act);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Bound);
    }
}
