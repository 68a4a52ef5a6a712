using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>Prepares the file at the start of the host.</summary>
internal sealed class SqliteSchema(SqliteAuthDatabase database, bool migrate, TimeProvider clock)
{
    // Entity Framework's own lock on migrations: a row that a killed process leaves behind and for which it then waits
    // indefinitely (efcore#38958).
    private const string EfLockTable = "__EFMigrationsLock";

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);

    // SQLite before 3.51.3 can corrupt a database in WAL mode when it resets the log under two connections.
    private static readonly Version FirstSafeWal = new(3, 51, 3);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (!migrate)
        {
            RequireFile();
            await database.GuardAsync(() => RequireCurrentAsync(cancellationToken));
            return;
        }

        CreateFile();
        if (await database.GuardAsync(() => MissingAsync(cancellationToken)) > 0)
        {
            using var held = await MigrationLock.AcquireAsync(database.Location.Path + ".lock", LockTimeout, clock, cancellationToken);
            await database.GuardAsync(() => MigrateAsync(cancellationToken));
        }

        if (!database.Location.IsReadOnly)
        {
            await database.GuardAsync(() => SetJournalModeAsync(cancellationToken));
        }
    }

    /// <summary>Whether the schema matches; changes nothing, and creates no file where there is none.</summary>
    public Task<SchemaState> CheckAsync(CancellationToken cancellationToken) => File.Exists(database.Location.Path)
        ? database.ReadAsync(
            async db => SchemaVersion.StateOf(db, await db.Database.GetAppliedMigrationsAsync(cancellationToken)), cancellationToken)
        : Task.FromResult(SchemaState.Older);

    private void RequireFile()
    {
        if (!File.Exists(database.Location.Path))
        {
            throw new InvalidOperationException(
                $"The database file '{database.Location.Path}' does not exist, and MigrateAtStart is off. "
                + "Turn it on, or create the database with another instance.");
        }
    }

    private void CreateFile()
    {
        var path = database.Location.Path;
        if (File.Exists(path))
        {
            return;
        }

        var directory = Path.GetDirectoryName(path);
        if (!Directory.Exists(directory))
        {
            throw new InvalidOperationException(
                $"The directory of the database file does not exist: '{directory}'. Create it, or correct the connection string.");
        }

        try
        {
            // Not readable by others, since it contains password hashes. SQLite gives its journals the same mode.
            using var file = new FileStream(path, OwnerOnly(FileMode.OpenOrCreate));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("The database file cannot be created.", e);
        }
    }

    internal static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private async Task<bool> RequireCurrentAsync(CancellationToken cancellationToken)
    {
        if (await MissingAsync(cancellationToken) > 0)
        {
            throw SchemaVersion.Older;
        }

        return true;
    }

    /// <summary>The number of missing migrations.</summary>
    /// <exception cref="InvalidOperationException">The schema is newer than this version.</exception>
    private async Task<int> MissingAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return SchemaVersion.Missing(db, await db.Database.GetAppliedMigrationsAsync(cancellationToken));
    }

    private async Task<bool> MigrateAsync(CancellationToken cancellationToken)
    {
        // Another instance may have been faster while this one waited for the lock.
        if (await MissingAsync(cancellationToken) == 0)
        {
            return true;
        }

        await using var db = database.CreateContext();
        await ClearStaleLockAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        return true;
    }

    private static async Task ClearStaleLockAsync(AuthDbContext db, CancellationToken cancellationToken)
    {
        // A process that migrates these tables holds the operating system's lock, so a row here is a dead process's (or, in a
        // shared file, of a host migrating its own tables, whose transaction the statement below waits for).
        if (await CountAsync(
            db, $"SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = '{EfLockTable}'", cancellationToken) > 0)
        {
            await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{EfLockTable}\"", cancellationToken);
        }
    }

    private async Task<bool> SetJournalModeAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        await db.Database.OpenConnectionAsync(cancellationToken);
        var wanted = Version.Parse(SQLitePCL.raw.sqlite3_libversion().utf8_to_string()) >= FirstSafeWal ? "wal" : "delete";
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA journal_mode={wanted}";
        var mode = (string?)await command.ExecuteScalarAsync(cancellationToken);
        return string.Equals(mode, wanted, StringComparison.OrdinalIgnoreCase)
            ? true
            : throw new StoreUnavailableException(
                $"The journal mode of the database file is '{mode}' and cannot be changed to '{wanted}'.");
    }

    private static Task<int> CountAsync(AuthDbContext db, string sql, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<int>(sql).SingleAsync(cancellationToken);
}
