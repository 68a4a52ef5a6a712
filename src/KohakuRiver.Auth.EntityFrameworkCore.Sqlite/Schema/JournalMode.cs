using System.Data.Common;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>The journal mode of the file, which is a property of the file and so the same for everybody who opens it.</summary>
internal static class JournalMode
{
    // SQLite before 3.51.3 can corrupt a database in WAL mode when it resets the log under two connections.
    private static readonly Version FirstSafeWal = new(3, 51, 3);

    /// <summary>The version of SQLite in this process.</summary>
    public static Version SqliteVersion => Version.Parse(sqlite3_libversion().utf8_to_string());

    /// <summary>
    /// Write-ahead mode where it is safe, which is also what Entity Framework gives a file that it creates for a host's context.
    /// </summary>
    public static string WantedWith(Version sqlite) => sqlite >= FirstSafeWal ? "wal" : "delete";

    /// <summary>Puts the file into the mode wanted; one that is in it already is not touched.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be changed: it names the file, both modes, and what to do.</exception>
    public static async Task SetAsync(DbConnection connection, Version sqlite, CancellationToken cancellationToken)
    {
        var wanted = WantedWith(sqlite);
        var found = await PragmaAsync(connection, "journal_mode", cancellationToken);
        if (IsSame(found, wanted))
        {
            return;
        }

        string? reached;
        try
        {
            reached = await PragmaAsync(connection, "journal_mode=" + wanted, cancellationToken);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLITE_BUSY or SQLITE_LOCKED)
        {
            throw new StoreUnavailableException(
                $"The database file '{connection.DataSource}' is in journal mode '{found}' and has to be in '{wanted}', but another "
                + "connection is using it, so the mode cannot be changed. " + (IsSame(found, "wal")
                    ? $"SQLite {sqlite}, which this process uses, cannot share such a file safely: reference SQLitePCLRaw.bundle_e_sqlite3 "
                        + $"with SQLite {FirstSafeWal} or later, or let the host's own connections use 'delete' from the beginning."
                    : "End the transactions and readers that are open on it before the host starts, or change it once while nobody uses "
                        + "it: "
                        + $"PRAGMA journal_mode={wanted}."),
                e);
        }

        // SQLite answers with the old mode where it cannot have the new one, as with a file access that has no shared memory.
        if (!IsSame(reached, wanted))
        {
            throw new StoreUnavailableException(
                $"The journal mode of the database file '{connection.DataSource}' is '{reached}' and cannot be changed to '{wanted}'.");
        }
    }

    /// <summary>The mode the file is in.</summary>
    public static async Task<string> ReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await PragmaAsync(connection, "journal_mode", cancellationToken) ?? "unknown";

    private static async Task<string?> PragmaAsync(DbConnection connection, string pragma, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA " + pragma;
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
