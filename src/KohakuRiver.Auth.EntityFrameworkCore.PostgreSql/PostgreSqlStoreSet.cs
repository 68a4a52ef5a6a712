using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// The stores in one PostgreSQL database. Several sets, in one process or in several, may be open on it. Call
/// <see cref="KohakuStoreSet.InitializeAsync"/> before anything else; the host's start does.
/// </summary>
/// <remarks>
/// A set has its own connection pool, closed by disposing it, unless the host passes its own. After a lost connection the work is repeated
/// on another one, up to three times in total and never twice in effect; a server that stays unavailable is a
/// <see cref="StoreUnavailableException"/>, and the set works again once it is back.
/// </remarks>
public class PostgreSqlStoreSet : EfStoreSet, IDisposable, IAsyncDisposable
{
    private readonly PostgreSqlSchema schema;
    private readonly PostgreSqlAuthDatabase database;
    private readonly PostgreSqlChangeEpoch changes;

    /// <summary>Creates the set without opening a connection.</summary>
    /// <exception cref="ArgumentException">The connection string names no server, or a timeout is not positive.</exception>
    public PostgreSqlStoreSet(PostgreSqlStoreOptions options)
        : this(new PostgreSqlAuthDatabase(options), options.MigrateAtStart)
    {
    }

    private PostgreSqlStoreSet(PostgreSqlAuthDatabase database, bool migrate)
        : base(database)
    {
        this.database = database;
        schema = new PostgreSqlSchema(database, migrate);
        changes = new PostgreSqlChangeEpoch(database.Pool);
    }

    /// <summary>Creates the set with the default options, without opening a connection.</summary>
    /// <exception cref="ArgumentException">The connection string names no server.</exception>
    public static PostgreSqlStoreSet Open(string connectionString) =>
        new(new PostgreSqlStoreOptions { ConnectionString = connectionString });

    /// <inheritdoc />
    public override IChangeEpoch? Changes => changes;

    /// <inheritdoc />
    public override Task InitializeAsync(CancellationToken cancellationToken) => schema.InitializeAsync(cancellationToken);

    /// <inheritdoc />
    public override Task<SchemaState> CheckSchemaAsync(CancellationToken cancellationToken) => schema.CheckAsync(cancellationToken);

    /// <summary>Closes the pool; connections still in use are closed when they are released.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The same as <see cref="Dispose()"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        changes.Dispose();
        await database.Pool.DisposeAsync();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the pool.</summary>
    /// <param name="disposing">False when called by a finalizer, which must not touch it.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            changes.Dispose();
            database.Pool.Dispose();
        }
    }
}
