using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using static SQLitePCL.raw;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>What is specific to SQLite.</summary>
internal sealed class SqliteAuthDatabase : AuthDatabase
{
    private readonly PooledDbContextFactory<SqliteAuthDbContext> contexts;
    private readonly TimeSpan writeQueueTimeout;

    public SqliteAuthDatabase(SqliteStoreOptions options)
    {
        Location = SqliteLocation.From(options);
        Gate = WriteGate.For(Location.Path);
        writeQueueTimeout = options.WriteQueueTimeout;
        Setup = new SqliteConnectionSetup(options.BusyTimeout);
        contexts = new PooledDbContextFactory<SqliteAuthDbContext>(
            Configure(Location.ConnectionString, [Setup, .. options.Interceptors], options.ConfigureContexts));
    }

    public SqliteLocation Location { get; }

    public WriteGate Gate { get; }

    public SqliteConnectionSetup Setup { get; }

    /// <inheritdoc />
    public override bool IsStillToBeCreated => !File.Exists(Location.Path);

    /// <inheritdoc />
    public override AuthDbContext CreateContext() => contexts.CreateDbContext();

    /// <inheritdoc />
    /// <remarks>A constraint violation or a wrong statement is a bug; the codes below are about the file or its disk.</remarks>
    protected override bool IsOutage(Exception e) => Find(e) is { } error && error.SqliteErrorCode is
        SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR or SQLITE_FULL or SQLITE_CANTOPEN
        or SQLITE_PROTOCOL or SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_PERM or SQLITE_AUTH or SQLITE_NOMEM or SQLITE_NOLFS;

    /// <summary>Whether somebody else's transaction was in the way for longer than SQLite waits.</summary>
    public static bool IsLocked(Exception e) => Find(e) is { SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED };

    /// <summary>Whether the file or its disk is unavailable, seen from outside the contexts.</summary>
    public bool IsUnavailable(Exception e) => e is IOException or UnauthorizedAccessException || IsOutage(e);

    /// <inheritdoc />
    public override bool IsUniqueViolation(Exception e) =>
        Find(e) is { SqliteExtendedErrorCode: SQLITE_CONSTRAINT_UNIQUE or SQLITE_CONSTRAINT_PRIMARYKEY };

    /// <inheritdoc />
    protected override async ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken) =>
        await Gate.EnterAsync(writeQueueTimeout, cancellationToken);

    private static DbContextOptions<SqliteAuthDbContext> Configure(
        string connectionString, IEnumerable<IInterceptor> interceptors, Action<DbContextOptionsBuilder>? configure) =>
        new DbContextOptionsBuilder<SqliteAuthDbContext>()
            .UseSqlite(connectionString, sqlite => sqlite
                .MigrationsAssembly(typeof(SqliteAuthDatabase).Assembly.GetName().Name)
                .MigrationsHistoryTable(SchemaVersion.HistoryTable)

                // One parameter for a whole list: no limit on its length, and one statement for every length.
                .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .ReplaceService<IHistoryRepository, SqliteHistory>()
            .ForStores(interceptors, configure)
            .Options;

    private static SqliteException? Find(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is SqliteException found)
            {
                return found;
            }
        }

        return null;
    }
}
