using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost.Data;

/// <summary>
/// The way to the host's own tables: makes them on first use, lets writers take turns, and says
/// <see cref="StoreUnavailableException"/> where the database does not answer.
/// </summary>
internal sealed class HostDatabase(IDbContextFactory<HostDbContext> contexts) : IDisposable
{
    private const int SchemaVersion = 1;

    // SQLite has one writer at a time and makes the others poll; a queue of our own is fair and quiet.
    private readonly SemaphoreSlim writers = new(1, 1);
    private volatile bool ready;

    public async Task<T> ReadAsync<T>(Func<HostDbContext, Task<T>> read, CancellationToken ct)
    {
        await MakeReadyAsync(ct);
        return await RunAsync(read, ct);
    }

    public async Task<T> WriteAsync<T>(Func<HostDbContext, Task<T>> write, CancellationToken ct)
    {
        await MakeReadyAsync(ct);
        return await InTurnAsync(write, ct);
    }

    public void Dispose() => writers.Dispose();

    private async Task MakeReadyAsync(CancellationToken ct)
    {
        if (!ready)
        {
            await InTurnAsync(db => CreateTablesAsync(db, ct), ct);
            ready = true;
        }
    }

    private async Task<T> InTurnAsync<T>(Func<HostDbContext, Task<T>> work, CancellationToken ct)
    {
        await writers.WaitAsync(ct);
        try
        {
            return await RunAsync(work, ct);
        }
        finally
        {
            writers.Release();
        }
    }

    private async Task<T> RunAsync<T>(Func<HostDbContext, Task<T>> work, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await work(db);
        }
        catch (Exception e) when (IsOutage(e) || IsOutage(e.InnerException))
        {
            throw new StoreUnavailableException("The host's database is not available.", e);
        }
    }

    // One transaction that takes the write lock first: of several hosts that start at once one makes the tables, the others find them.
    private static async Task<bool> CreateTablesAsync(HostDbContext db, CancellationToken ct)
    {
        CreateFile(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var version = await db.Database.SqlQuery<int>($"SELECT user_version AS Value FROM pragma_user_version").SingleAsync(ct);
        if (version == 0)
        {
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), ct);
            await db.Database.ExecuteSqlRawAsync("PRAGMA user_version = 1", ct);
        }
        else if (version != SchemaVersion)
        {
            throw new InvalidOperationException($"The host's database has schema version {version}; this build knows {SchemaVersion}.");
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    // For this account's eyes only: what tasks print is nobody else's business. SQLite makes its journal with the same rights.
    private static void CreateFile(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path))
        {
            return;
        }

        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            new FileStream(path, options).Dispose();
        }
        catch (IOException)
        {
            // Another host was faster, or SQLite will say better what is wrong.
        }
    }

    // Everything but a violated constraint (19) and a fault in the statement (1) comes from outside: locked, full, read-only, no such folder.
    private static bool IsOutage(Exception? e) => e is SqliteException { SqliteErrorCode: not (1 or 19) };
}
