using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// The epoch of a SQLite file. As long as nothing has been committed since, reading a header tells so: the file's with a rollback
/// journal, the wal-index's with a write-ahead log. Otherwise the epoch's row is read, once for all waiting callers.
/// </summary>
/// <remarks>
/// A file may switch from one to the other while in use. With a rollback journal its header shows it at the next read. A write-ahead log
/// cannot be left as long as a connection that has read from it is open, so the wal-index is valid only as long as the connection here is
/// open.
/// </remarks>
internal sealed class SqliteChangeEpoch(SqliteAuthDatabase database) : IChangeEpoch, IDisposable
{
    // Each handle is never closed. After an outage there is a new connection and a new handle; after this many the slower way is good
    // enough.
    private const int MostIndexes = 64;

    private readonly Lock gate = new();
    private FileHeader? header;
    private WalIndex? index;
    private bool isIndexSought;
    private int indexes;
    private SqliteConnection? connection;
    private SqliteCommand? query;
    private SqliteCommand? dataVersion;
    private volatile Reading? last;
    private long begun;

    /// <summary>Observes each connection that is opened; for the library's own tests.</summary>
    internal Action<SqliteConnection>? Opened { get; init; }

    /// <summary>Finds the wal-index of a database file; for the library's own tests.</summary>
    internal Func<string, WalIndex?> FindIndex { get; init; } = WalIndex.TryOpen;

    /// <inheritdoc />
    public ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PrincipalChanges>(cancellationToken);
        }

        var arrived = Volatile.Read(ref begun);
        try
        {
            if (last is { } known && known.Changes.Epoch == since && since >= 0 && known.IsLatest(header!))
            {
                return ValueTask.FromResult(PrincipalChanges.None(since));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return ValueTask.FromException<PrincipalChanges>(new StoreUnavailableException("The database file cannot be read.", e));
        }

        lock (gate)
        {
            try
            {
                return ValueTask.FromResult(ReadInTurn(since, arrived));
            }
            catch (Exception e) when (database.IsUnavailable(e))
            {
                Close();
                return ValueTask.FromException<PrincipalChanges>(new StoreUnavailableException("The database is not available.", e));
            }
        }
    }

    /// <summary>Releases the connection.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            Close();
        }
    }

    private PrincipalChanges ReadInTurn(long since, long arrived)
    {
        // A read that began after this caller arrived, by a caller ahead of it at the gate, is as good as its own.
        if (last is { } shared && shared.Number > arrived && shared.Since >= 0 && shared.Since <= since && since <= shared.Changes.Epoch)
        {
            return shared.Changes;
        }

        var number = ++begun;
        Open();

        // Never after the row: what commits in between must appear new next time. With a rollback journal it is not needed; should the file
        // switch to a write-ahead log just here, nothing is known about it, and the next read queries again.
        byte[]? shown = null;
        long? version = null;
        if (header!.Read() is null)
        {
            shown = ReadIndex();
            version = shown is null ? ReadVersion() : null;
            if (last is { Version: { } known } unchanged && known == version && unchanged.Changes.Epoch == since && since >= 0)
            {
                return PrincipalChanges.None(since);
            }
        }

        uint? counter = null;
        var answer = new ChangeLog.Answer(since);
        query!.Parameters[0].Value = since;
        using (var rows = query.ExecuteReader())
        {
            while (rows.Read())
            {
                // While rows are read nobody can write to the file, so the counter matches them. Read outside, it could be
                // that of a commit that a crash then undoes, and the next commit would show the same value.
                counter ??= header!.Read();
                answer.Add(rows);
            }
        }

        var changes = answer.ToChanges();
        last = new Reading(number, since, changes)
        {
            Counter = counter,
            Index = shown is null ? null : index,
            Shown = shown,
            Version = version,
        };
        return changes;
    }

    private long ReadVersion() => (long)dataVersion!.ExecuteScalar()!;

    // Opened once per connection, after it has read in write-ahead mode: from then on, until it is closed, SQLite lets nobody remove
    // the log and its index.
    private byte[]? ReadIndex()
    {
        if (!isIndexSought)
        {
            ReadVersion();
            isIndexSought = IsInWriteAheadMode();
            if (isIndexSought && database.Location.HasOrdinaryFiles && indexes < MostIndexes)
            {
                index = FindIndex(database.Location.Path);
                indexes += index is null ? 0 : 1;
            }
        }

        return index?.Read();
    }

    private bool IsInWriteAheadMode()
    {
        using var command = connection!.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        return string.Equals((string?)command.ExecuteScalar(), "wal", StringComparison.OrdinalIgnoreCase);
    }

    private void Open()
    {
        header ??= FileHeader.Open(database.Location.Path);
        if (connection is not null)
        {
            return;
        }

        var made = new SqliteConnection(database.Location.ConnectionString);
        try
        {
            made.Open();
            database.Setup.Apply(made);
            Opened?.Invoke(made);
            query = made.CreateCommand();
            query.CommandText = ChangeLog.Query;
            query.Parameters.Add(ChangeLog.Since, SqliteType.Integer);
            dataVersion = made.CreateCommand();
            dataVersion.CommandText = "PRAGMA data_version";
            connection = made;
        }
        finally
        {
            if (connection is null)
            {
                made.Dispose();
            }
        }
    }

    // Cached state is bound to the connection: its successor numbers versions of the data anew, and may find another wal-index. Cleared
    // first, so that no later caller compares with an index that is no longer kept alive.
    private void Close()
    {
        last = null;
        (index, isIndexSought) = (null, false);
        query?.Dispose();
        dataVersion?.Dispose();
        connection?.Dispose();
        (query, dataVersion, connection) = (null, null, null);
    }

    /// <param name="Number">The number of the read.</param>
    /// <param name="Since">The epoch requested.</param>
    /// <param name="Changes">The result.</param>
    private sealed record Reading(long Number, long Since, PrincipalChanges Changes)
    {
        /// <summary>The file's change counter as of the read; null in write-ahead mode.</summary>
        public uint? Counter { get; init; }

        /// <summary>
        /// The wal-index that had <see cref="Shown"/> before the read; null with a rollback journal, or where it cannot be used.
        /// </summary>
        public WalIndex? Index { get; init; }

        /// <summary>The header of <see cref="Index"/>.</summary>
        public byte[]? Shown { get; init; }

        /// <summary>The connection's data version before the read, where neither of the others is available.</summary>
        public long? Version { get; init; }

        /// <summary>Whether nothing has been committed since, as far as a header can tell.</summary>
        public bool IsLatest(FileHeader file) => Counter is { } counter ? file.Read() == counter : Index?.Shows(Shown) == true;
    }
}
