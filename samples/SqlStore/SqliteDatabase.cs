using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SqlStore;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteDatabase(string path) : SqlDatabase
{
    // SQLite has one writer at a time and waits for it by polling; within a process a queue is faster and fair.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim turn = Turns.GetOrAdd(Path.GetFullPath(path), _ => new SemaphoreSlim(1));
    private readonly string connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();

    public override void CloseIdle()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    protected override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        using var patience = connection.CreateCommand();
        patience.CommandText = "PRAGMA busy_timeout = 30000";
        await patience.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    protected override DbTransaction BeginRead(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    protected override async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    // Takes the write lock at the beginning, so that what is read afterwards stays true until the commit.
    protected override DbTransaction BeginWrite(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: false);

    private sealed class Turn(SemaphoreSlim taken) : IDisposable
    {
        public void Dispose() => taken.Release();
    }
}
