using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KohakuRiver.SampleHost;

/// <summary>The host's tables next to the user side's in one PostgreSQL database, shared by several hosts.</summary>
internal sealed class PostgreSqlHostEngine : HostEngine
{
    // Advisory locks with two keys are separate from those with one, which the user side takes. The first key is the kind of lock.
    private const int SchemaLock = 1;
    private const int NodeLock = 2;

    // Version 1 had none of these.
    private const string Upgrade =
        """
        ALTER TABLE host_tasks
            ADD COLUMN "TargetNumaNodeId" integer NULL, ADD COLUMN "ContainerName" text NULL,
            ADD COLUMN "BatchId" bigint NULL, ADD COLUMN "ErrorMessage" text NULL
        """;

    private static readonly TimeSpan PreparationTime = TimeSpan.FromMinutes(1);

    public override bool WritersTakeTurns => false;

    // Checked first, so that an account without the right to create tables can run the host once they exist.
    public override async Task PrepareAsync(HostDbContext db, CancellationToken cancellationToken)
    {
        if (await ReadVersionAsync(db, cancellationToken) is { } existing)
        {
            CheckVersion(existing);
            if (existing == SchemaVersion)
            {
                return;
            }
        }

        db.Database.SetCommandTimeout(PreparationTime);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SchemaLock}, 0)", cancellationToken);
        var version = await ReadVersionAsync(db, cancellationToken);
        if (version is null)
        {
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), cancellationToken);
            await db.Database.ExecuteSqlAsync($"CREATE TABLE host_schema AS SELECT {SchemaVersion} AS version", cancellationToken);
        }
        else if (version != SchemaVersion)
        {
            await db.Database.ExecuteSqlRawAsync(Upgrade, cancellationToken);
            await db.Database.ExecuteSqlAsync($"UPDATE host_schema SET version = {SchemaVersion}", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public override async Task<bool> HasTablesAsync(HostDbContext db, CancellationToken cancellationToken) =>
        await ReadVersionAsync(db, cancellationToken) is not null;

    public override Task LockNodeAsync(HostDbContext db, string hostname, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({NodeLock}, hashtext({hostname}))", cancellationToken);

    public override bool IsOutage(Exception? e) => e switch
    {
        PostgresException { SqlState: var state } => state == PostgresErrorCodes.ReadOnlySqlTransaction
            || state[..2] is "08" or "28" or "3D" or "40" or "53" or "55" or "57" or "58" or "XX",
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    // Not for a timeout: the caller has waited long enough.
    public override bool IsCut(Exception? e) => e switch
    {
        PostgresException
        {
            SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        } => true,
        PostgresException { SqlState: var state } => state.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: not TimeoutException } or IOException or SocketException => true,
        _ => false,
    };

    // Not by to_regclass: inside a transaction it returns a cached result from before the wait for the lock.
    private static async Task<int?> ReadVersionAsync(HostDbContext db, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<bool>(
            $"SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'host_schema' AND pg_table_is_visible(oid)) AS \"Value\"")
                .SingleAsync(cancellationToken)
            ? await db.Database.SqlQuery<int>($"SELECT version AS \"Value\" FROM host_schema").SingleAsync(cancellationToken)
            : null;
}
