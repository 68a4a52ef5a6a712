using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// Settings that SQLite keeps per connection. They are applied once to each native connection; the pool returns the
/// same ones again and keeps such settings.
/// </summary>
internal sealed class SqliteConnectionSetup(TimeSpan busyTimeout) : DbConnectionInterceptor
{
    // foreign_keys: cascades ensure that nothing outlives its parent. synchronous=FULL: an acknowledged write survives a
    // power cut. busy_timeout: SQLite itself waits for a lock held elsewhere, which retries far more often than the provider.
    private readonly string commands = string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA busy_timeout={(long)Math.Ceiling(busyTimeout.TotalMilliseconds)}; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;");

    private readonly ConditionalWeakTable<object, object> done = [];

    /// <inheritdoc />
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply((SqliteConnection)connection);

    /// <inheritdoc />
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    /// <summary>Sets up an open connection.</summary>
    public void Apply(SqliteConnection connection)
    {
        if (connection.Handle is not { } handle || done.TryGetValue(handle, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = commands;
        command.ExecuteNonQuery();
        done.AddOrUpdate(handle, handle);
    }
}
