using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>The host's tables in a file.</summary>
internal sealed class SqliteHostEngine : HostEngine
{
    // Version 1 had none of these.
    private const string Upgrade =
        """
        ALTER TABLE "tasks" ADD COLUMN "TargetNumaNodeId" INTEGER NULL;
        ALTER TABLE "tasks" ADD COLUMN "ContainerName" TEXT NULL;
        ALTER TABLE "tasks" ADD COLUMN "BatchId" INTEGER NULL;
        ALTER TABLE "tasks" ADD COLUMN "ErrorMessage" TEXT NULL;
        """;

    // SQLite has one writer at a time and makes the others poll; our own queue is fair and cheaper.
    public override bool WritersTakeTurns => true;

    // One transaction that takes the write lock first: of several hosts that start at once, one creates the tables, the others find them.
    public override async Task PrepareAsync(HostDbContext db, CancellationToken cancellationToken)
    {
        CreateFile(PathOf(db));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var version = await ReadVersionAsync(db, cancellationToken);
        if (version != 0)
        {
            CheckVersion(version);
        }

        if (version != SchemaVersion)
        {
            var script = version == 0 ? db.Database.GenerateCreateScript() : Upgrade;
            await db.Database.ExecuteSqlRawAsync(script, cancellationToken);
            await db.Database.ExecuteSqlRawAsync("PRAGMA user_version = 2", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    // Connecting would create the file.
    public override async Task<bool> HasTablesAsync(HostDbContext db, CancellationToken cancellationToken) =>
        File.Exists(PathOf(db)) && await ReadVersionAsync(db, cancellationToken) != 0;

    // The transaction already holds the write lock.
    public override Task LockNodeAsync(HostDbContext db, string hostname, CancellationToken cancellationToken) => Task.CompletedTask;

    // Everything but a violated constraint (19) and a fault in the statement (1) comes from outside: locked, full, read-only, no such
    // folder.
    public override bool IsOutage(Exception? e) => e is SqliteException { SqliteErrorCode: not (1 or 19) };

    public override bool IsCut(Exception? e) => false;

    private static string PathOf(HostDbContext db) => new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;

    private static Task<int> ReadVersionAsync(HostDbContext db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<int>($"SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancellationToken);

    // For this account only: the output of tasks is private. SQLite creates its journal with the same permissions.
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
            // Another host was faster, or SQLite will report the error better.
        }
    }
}
