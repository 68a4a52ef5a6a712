using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>Prepares the tables at the start of the host.</summary>
internal sealed class PostgreSqlSchema(PostgreSqlAuthDatabase database, bool migrate)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);

    // A migration may rewrite a big table; the database is known to respond by then.
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromHours(1);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await database.GuardAsync(() => EnsureCurrentAsync(cancellationToken));
        await SearchTextFill.RunAsync(database, cancellationToken);
    }

    private async Task<bool> EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        var missing = await MissingAsync(cancellationToken);
        if (missing > 0 && !migrate)
        {
            throw SchemaVersion.Older;
        }

        if (missing > 0)
        {
            await using var held = await MigrationLock.AcquireAsync(database.Pool.Source, LockTimeout, cancellationToken);
            await MigrateAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Whether the schema matches; changes nothing.</summary>
    public Task<SchemaState> CheckAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async db => SchemaVersion.StateOf(db, await AppliedAsync(db, cancellationToken)), cancellationToken);

    /// <summary>The number of missing migrations.</summary>
    /// <exception cref="InvalidOperationException">The schema is newer than this version.</exception>
    private async Task<int> MissingAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return SchemaVersion.Missing(db, await AppliedAsync(db, cancellationToken));
    }

    // Queried directly: Entity Framework takes some connection failures for a missing database.
    private static async Task<List<string>> AppliedAsync(AuthDbContext db, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<bool>($"SELECT to_regclass('{SchemaVersion.HistoryTable}') IS NOT NULL AS \"Value\"")
            .SingleAsync(cancellationToken)
            ? await db.Database.SqlQueryRaw<string>($"SELECT \"MigrationId\" AS \"Value\" FROM {SchemaVersion.HistoryTable}")
                .ToListAsync(cancellationToken)
            : [];

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // Another instance may have been faster while this one waited for the lock.
        if (await MissingAsync(cancellationToken) == 0)
        {
            return;
        }

        await using var db = database.CreateContext();
        db.Database.SetCommandTimeout(StatementTimeout);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
