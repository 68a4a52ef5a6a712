using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>Prepares the file at the start of the host.</summary>
internal sealed class SqliteSchema(SqliteAuthDatabase database, bool migrate, TimeProvider clock)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (!migrate)
        {
            RequireFile();
            await database.GuardAsync(() => RequireCurrentAsync(cancellationToken));
            await FillAsync(cancellationToken);
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

        await FillAsync(cancellationToken);
    }

    private Task FillAsync(CancellationToken cancellationToken) =>
        database.Location.IsReadOnly ? Task.CompletedTask : SearchTextFill.RunAsync(database, cancellationToken);

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
        await db.Database.OpenConnectionAsync(cancellationToken);
        var mode = await JournalMode.ReadAsync(db.Database.GetDbConnection(), cancellationToken);
        try
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
        catch (Exception e) when (SqliteAuthDatabase.IsLocked(e))
        {
            throw new StoreUnavailableException(
                $"The database file '{database.Location.Path}' (journal mode '{mode}') is locked by another connection, so its tables "
                    + $"could "
                + "not be brought up to date: end the transactions that are open on it before the host starts, or raise BusyTimeout.",
                e);
        }

        return true;
    }

    private async Task<bool> SetJournalModeAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await JournalMode.SetAsync(db.Database.GetDbConnection(), JournalMode.SqliteVersion, cancellationToken);
        return true;
    }
}
