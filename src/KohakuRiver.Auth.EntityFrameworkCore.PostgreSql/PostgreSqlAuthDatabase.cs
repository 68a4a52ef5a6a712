using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// What is specific to PostgreSQL: writers run in parallel, each statement sees what was committed before it began
/// (read committed), and the connection can be lost at any time.
/// </summary>
internal sealed class PostgreSqlAuthDatabase : AuthDatabase
{
    // After a lost connection the next one of the pool is tried; the driver clears the pool when it notices. Writers in
    // conflict need more attempts: each attempt lets at least one other through.
    private const int AttemptsAfterCut = 3;
    private const int AttemptsAfterConflict = 10;

    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CommitPause = TimeSpan.FromMilliseconds(20);

    private readonly PooledDbContextFactory<PostgreSqlAuthDbContext> contexts;

    public PostgreSqlAuthDatabase(PostgreSqlStoreOptions options)
    {
        Pool = new PostgreSqlPool(options);
        contexts = new PooledDbContextFactory<PostgreSqlAuthDbContext>(Configure(
            Pool, [new OwnConnections(Pool.Source), new StorableText(), .. options.Interceptors], options.ConfigureContexts));
    }

    /// <summary>The pool of the set that owns this; the set disposes of it.</summary>
    public PostgreSqlPool Pool { get; }

    /// <inheritdoc />
    public override AuthDbContext CreateContext() => contexts.CreateDbContext();

    /// <inheritdoc />
    public override bool IsUniqueViolation(Exception e) => PostgreSqlFaults.IsUniqueViolation(e);

    /// <inheritdoc />
    protected override Task LockAsync(AuthDbContext db, StoreHold hold, CancellationToken cancellationToken)
    {
        var key = LockKeys.Of(hold.What, hold.Id);
        return db.Database.ExecuteSqlAsync(
            hold.IsShared
                ? (FormattableString)$"SELECT pg_advisory_xact_lock_shared({key})"
                : $"SELECT pg_advisory_xact_lock({key})", cancellationToken);
    }

    /// <inheritdoc />
    protected override bool IsOutage(Exception e) => PostgreSqlFaults.IsOutage(e);

    /// <inheritdoc />
    protected override bool IsWorthAnotherAttempt(Exception e, int attempt) =>
        (attempt < AttemptsAfterCut && PostgreSqlFaults.IsCut(e)) || (attempt < AttemptsAfterConflict && PostgreSqlFaults.IsConflict(e));

    /// <inheritdoc />
    protected override int? Identify(AuthDbContext db) => ((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID;

    /// <inheritdoc />
    protected override async Task AwaitEndAsync(int connection, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();

        // Idle in its transaction, the server's process has yet to notice the lost connection; it will not commit.
        while (await ReadAsync(
            db => db.Database.SqlQuery<bool>(
                $"""
                SELECT EXISTS (
                    SELECT 1 FROM pg_stat_activity WHERE pid = {connection} AND pid <> pg_backend_pid() AND state = 'active') AS "Value"
                """).SingleAsync(cancellationToken),
            cancellationToken))
        {
            if (clock.GetElapsedTime(started) >= LongestCommit)
            {
                throw new StoreUnavailableException("The server is still busy with a lost connection.");
            }

            await Task.Delay(CommitPause, clock, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override void GiveTime(AuthDbContext db) => db.Database.SetCommandTimeout(TimeSpan.FromMinutes(2));

    private static DbContextOptions<PostgreSqlAuthDbContext> Configure(
        PostgreSqlPool pool, IEnumerable<IInterceptor> interceptors, Action<DbContextOptionsBuilder>? configure) =>
        new DbContextOptionsBuilder<PostgreSqlAuthDbContext>()
            .UseNpgsql(pool.ConnectionString, npgsql => npgsql
                .CommandTimeout(pool.CommandTimeout)
                .MigrationsAssembly(typeof(PostgreSqlAuthDatabase).Assembly.GetName().Name)
                .MigrationsHistoryTable(SchemaVersion.HistoryTable)

                // One parameter for a whole list: no limit on its length, and one statement for every length.
                .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .ForStores(interceptors, configure)
            .Options;
}
