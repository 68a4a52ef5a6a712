using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>Makes the tables ready at the start of the host.</summary>
internal sealed class PostgreSqlSchema(PostgreSqlAuthDatabase database, bool migrate)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);

    // A migration may rewrite a big table; the database is known to answer by then.
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromHours(1);

    public Task InitializeAsync(CancellationToken ct) => database.GuardAsync(async () =>
    {
        var missing = await MissingAsync(ct);
        if (missing > 0 && !migrate)
        {
            throw new InvalidOperationException(
                "The database schema is older than this version of the library, and MigrateAtStart is off. Turn it on, or migrate with another instance.");
        }

        if (missing > 0)
        {
            await using var held = await MigrationLock.AcquireAsync(database.DataSource, LockTimeout, ct);
            await MigrateAsync(ct);
        }

        return true;
    });

    /// <summary>How many migrations are missing.</summary>
    /// <exception cref="InvalidOperationException">The schema is newer than this version.</exception>
    private async Task<int> MissingAsync(CancellationToken ct)
    {
        await using var db = database.CreateContext();
        var known = db.GetService<IMigrationsAssembly>().Migrations.Keys;

        // Asked directly: Entity Framework takes some failures to connect for a database that is not there.
        var applied = await db.Database.SqlQueryRaw<bool>($"SELECT to_regclass('{PostgreSqlAuthDatabase.HistoryTable}') IS NOT NULL AS \"Value\"").SingleAsync(ct)
            ? await db.Database.SqlQueryRaw<string>($"SELECT \"MigrationId\" AS \"Value\" FROM {PostgreSqlAuthDatabase.HistoryTable}").ToListAsync(ct)
            : [];
        var unknown = applied.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? known.Except(applied, StringComparer.Ordinal).Count()
            : throw new InvalidOperationException(
                $"The database schema is newer than this version of the library (unknown migration '{unknown[^1]}'). Update the library, or restore a backup from before the update.");
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        // Another instance may have been quicker while this one waited for the lock.
        if (await MissingAsync(ct) == 0)
        {
            return;
        }

        await using var db = database.CreateContext();
        db.Database.SetCommandTimeout(StatementTimeout);
        await db.Database.MigrateAsync(ct);
    }
}
