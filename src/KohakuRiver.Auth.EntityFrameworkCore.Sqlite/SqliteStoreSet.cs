using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// The stores in one SQLite file. Several sets, in one process or in several, may be open on the same file. Call
/// <see cref="KohakuRiver.Auth.Stores.KohakuStoreSet.InitializeAsync"/> before anything else; the host's start does.
/// </summary>
/// <remarks>
/// SQLite has no asynchronous input and output: calls run on the calling thread and may block it during a
/// disk write.
/// </remarks>
public class SqliteStoreSet : EfStoreSet, IDisposable, IAsyncDisposable
{
    private readonly SqliteSchema schema;
    private readonly SqliteAuthDatabase database;
    private readonly SqliteChangeEpoch changes;

    /// <summary>Creates the set without accessing the file.</summary>
    /// <exception cref="ArgumentException">The connection string does not name a file, or a timeout is not positive.</exception>
    public SqliteStoreSet(SqliteStoreOptions options)
        : this(new SqliteAuthDatabase(options), options.MigrateAtStart, options.Clock)
    {
    }

    private SqliteStoreSet(SqliteAuthDatabase database, bool migrate, TimeProvider clock)
        : base(database)
    {
        this.database = database;
        schema = new SqliteSchema(database, migrate, clock);
        changes = new SqliteChangeEpoch(database);
    }

    /// <summary>Creates the set with the default options, without accessing the file.</summary>
    /// <exception cref="ArgumentException">The connection string does not name a file.</exception>
    public static SqliteStoreSet Open(string connectionString) => new(new SqliteStoreOptions { ConnectionString = connectionString });

    /// <inheritdoc />
    public override IChangeEpoch? Changes => changes;

    /// <inheritdoc />
    public override Task InitializeAsync(CancellationToken cancellationToken) => schema.InitializeAsync(cancellationToken);

    /// <inheritdoc />
    public override Task<SchemaState> CheckSchemaAsync(CancellationToken cancellationToken) => schema.CheckAsync(cancellationToken);

    /// <summary>Closes the pooled connections that are not in use.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The same as <see cref="Dispose()"/>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the pooled connections that are not in use.</summary>
    /// <param name="disposing">False when called by a finalizer, which must not touch them.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            changes.Dispose();
            using var connection = new SqliteConnection(database.Location.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
    }
}
