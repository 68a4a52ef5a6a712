using KohakuRiver.Auth.Stores;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// The epoch of a PostgreSQL database. One statement at a time is in flight; it answers all callers that asked before it was sent, and
/// later callers are answered by the next. So the server sees one small query per round trip, whatever the load.
/// </summary>
internal sealed class PostgreSqlChangeEpoch(PostgreSqlPool pool) : IChangeEpoch, IDisposable
{
    // A connection lost while idle is noticed by the first caller that uses it.
    private const int Attempts = 2;

    private readonly Lock gate = new();
    private Round? next;
    private bool isRunning;
    private bool isClosed;
    private NpgsqlConnection? connection;
    private NpgsqlCommand? query;

    /// <inheritdoc />
    public ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PrincipalChanges>(cancellationToken);
        }

        Round mine;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            mine = next ??= new Round();
            mine.Since = Math.Min(mine.Since, since);
            if (isRunning)
            {
                return new(mine.Task.WaitAsync(cancellationToken));
            }

            isRunning = true;
        }

        _ = RunAsync();
        return new(mine.Task.WaitAsync(cancellationToken));
    }

    /// <summary>Closes the connection once the statement in flight has ended.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            if (!isRunning)
            {
                Close();
            }
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            Round round;
            lock (gate)
            {
                if (next is null || isClosed)
                {
                    isRunning = false;
                    if (isClosed)
                    {
                        Close();
                    }

                    next?.Fail(new StoreUnavailableException("The stores were closed."));
                    next = null;
                    return;
                }

                round = next;
                next = null;
            }

            try
            {
                round.Finish(await ReadAsync(round.Since));
            }
            catch (Exception e)
            {
                round.Fail(PostgreSqlFaults.IsOutage(e) ? new StoreUnavailableException("The database is not available.", e) : e);
            }
        }
    }

    private async Task<PrincipalChanges> ReadAsync(long since)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Cached state is bound to the connection: another server may have taken over in the meantime, one that lost the last
                // commits, and whose later epochs stand for other changes than those with the same number before.
                var from = await OpenAsync() ? -1 : since;
                query!.Parameters[0].Value = from;
                var answer = new ChangeLog.Answer(from);
                await using var rows = await query.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                    answer.Add(rows);
                }

                return answer.ToChanges();
            }
            catch (Exception e)
            {
                Close();
                if (attempt == Attempts || !PostgreSqlFaults.IsCut(e))
                {
                    throw;
                }
            }
        }
    }

    // The connection stays open between rounds: there is one per host, which never waits for the pool. True when it is a new one.
    private async Task<bool> OpenAsync()
    {
        if (connection is not null)
        {
            return false;
        }

        var made = pool.Source.CreateConnection();
        try
        {
            using (AuthDatabase.OutsideOfTransactions())
            {
                await made.OpenAsync();
            }

            query = made.CreateCommand();
            query.CommandText = ChangeLog.Query;
            query.CommandTimeout = pool.CommandTimeout;
            query.Parameters.Add(new NpgsqlParameter<long>(ChangeLog.Since, 0L));
            await query.PrepareAsync();
            connection = made;
            return true;
        }
        finally
        {
            if (connection is null)
            {
                await made.DisposeAsync();
            }
        }
    }

    private void Close()
    {
        query?.Dispose();
        connection?.Dispose();
        (query, connection) = (null, null);
    }

    /// <summary>The callers waiting for one statement.</summary>
    private sealed class Round
    {
        private readonly TaskCompletionSource<PrincipalChanges> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The earliest epoch requested.</summary>
        public long Since { get; set; } = long.MaxValue;

        public Task<PrincipalChanges> Task => answer.Task;

        public void Finish(PrincipalChanges changes) => answer.SetResult(changes);

        public void Fail(Exception e) => answer.SetException(e);
    }
}
