using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// The epoch of a SQLite file. As long as nobody has committed anything since, one look at the file's header says so; otherwise the epoch's
/// row is read, once for all callers that wait.
/// </summary>
internal sealed class SqliteChangeEpoch(SqliteAuthDatabase database) : IChangeEpoch, IDisposable
{
    private readonly Lock gate = new();
    private FileHeader? header;
    private SqliteConnection? connection;
    private SqliteCommand? query;
    private SqliteCommand? dataVersion;
    private volatile Reading? last;
    private long begun;

    /// <summary>Looks on at the connection, once for each that is opened; for the library's own tests.</summary>
    internal Action<SqliteConnection>? Opened { get; init; }

    /// <inheritdoc />
    public ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PrincipalChanges>(ct);
        }

        var arrived = Volatile.Read(ref begun);
        try
        {
            if (last is { Counter: { } counter } known && known.Changes.Epoch == since && since >= 0 && header!.Read() == counter)
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

    /// <summary>Gives the connection back.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            Close();
        }
    }

    private PrincipalChanges ReadInTurn(long since, long arrived)
    {
        // One that began after this caller came, by somebody who was before it at the gate, is as good as one of its own.
        if (last is { } shared && shared.Number > arrived && shared.Since >= 0 && shared.Since <= since && since <= shared.Changes.Epoch)
        {
            return shared.Changes;
        }

        var number = ++begun;
        Open();

        // Never after the row: what commits in between must look new next time. With a rollback journal it is not needed; should the file change to a
        // write-ahead log just here, no version is known, and the next read asks again.
        long? version = header!.Read() is null ? (long)dataVersion!.ExecuteScalar()! : null;
        if (last is { Counter: null, Version: { } known } unchanged && known == version && unchanged.Changes.Epoch == since && since >= 0)
        {
            return PrincipalChanges.None(since);
        }

        uint? counter = null;
        var answer = new ChangeLog.Answer(since);
        query!.Parameters[0].Value = since;
        using (var rows = query.ExecuteReader())
        {
            while (rows.Read())
            {
                // While rows are read nobody can write to the file, so that the counter belongs to what they say. Read outside, it could be that of
                // a commit that a crash then undoes, and the next commit would show the same.
                counter ??= header!.Read();
                answer.Add(rows);
            }
        }

        var changes = answer.ToChanges();
        last = new Reading(number, since, counter, version, changes);
        return changes;
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

    // What was known goes with the connection: its successor numbers versions of the data anew.
    private void Close()
    {
        last = null;
        query?.Dispose();
        dataVersion?.Dispose();
        connection?.Dispose();
        (query, dataVersion, connection) = (null, null, null);
    }

    /// <param name="Number">Which read it was.</param>
    /// <param name="Since">What it was asked.</param>
    /// <param name="Counter">The file's change counter as of the read; null in write-ahead mode.</param>
    /// <param name="Version">The connection's version of the data, as of before the read; null with a rollback journal.</param>
    /// <param name="Changes">What it gave.</param>
    private sealed record Reading(long Number, long Since, uint? Counter, long? Version, PrincipalChanges Changes);
}
