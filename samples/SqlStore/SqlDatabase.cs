using System.Data.Common;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

// <snippet:database>
/// <summary>One database, accessed with plain ADO.NET. What differs between engines is in the derived classes.</summary>
internal abstract class SqlDatabase
{
    /// <summary>Called before each statement and each commit; its exceptions are thrown by the verb. For tests.</summary>
    public Action BeforeAccess { get; set; } = () => { };

    /// <summary>Closes idle connections.</summary>
    public abstract void CloseIdle();

    /// <summary>Opens a connection that enforces foreign keys.</summary>
    protected abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that sees one state of the data.</summary>
    protected abstract DbTransaction BeginRead(DbConnection connection);

    /// <summary>Waits until this process may write; returns at once on engines whose writers run in parallel.</summary>
    protected abstract Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Begins a transaction in which no other writer comes between what a verb reads and what it writes. On SQLite that is its one
    /// writer at a time; elsewhere it is the isolation level <c>SERIALIZABLE</c>, or locks on the rows that a guard reads.
    /// </summary>
    protected abstract DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Runs a read.</summary>
    public Task<T> ReadAsync<T>(Func<SqlWork, Task<T>> read, CancellationToken cancellationToken) => TranslateAsync(
        async () =>
        {
            await using var connection = await OpenAsync(cancellationToken);
            await using var transaction = BeginRead(connection);
            return await read(new SqlWork(connection, transaction, BeforeAccess, cancellationToken));
        },
        cancellationToken);

    /// <summary>Runs a write without a credential or an audit entry.</summary>
    public Task<T> WriteAsync<T>(Func<SqlWork, Task<T>> verb, CancellationToken cancellationToken) =>
        WriteAsync(verb, _ => true, cancellationToken);

    /// <summary>
    /// Runs a write on an actor's behalf: the check of the credential, the verb and the audit entry are one transaction.
    /// A lost write leaves nothing.
    /// </summary>
    public Task<WriteStatus> WriteAsync(
        AuthorizedWrite write, Func<SqlWork, Task<WriteStatus>> verb, CancellationToken cancellationToken) => WriteAsync(
        async work => await Acting.JudgeAsync(work, write) ?? await AuditedAsync(work, write, await verb(work)),
        status => status == WriteStatus.Done,
        cancellationToken);

    /// <summary>The same for a verb that creates something.</summary>
    public Task<WriteResult<T>> WriteAsync<T>(
        AuthorizedWrite write, Func<SqlWork, Task<WriteResult<T>>> verb, CancellationToken cancellationToken)
        where T : class => WriteAsync(
        async work =>
        {
            if (await Acting.JudgeAsync(work, write) is { } lost)
            {
                return WriteResult<T>.Lost(lost);
            }

            var result = await verb(work);
            await AuditedAsync(work, write, result.Status);
            return result;
        },
        result => result.IsDone,
        cancellationToken);
    // </snippet:database>

    /// <summary>The same for a verb over any number of rows, which is also done for none.</summary>
    public async Task<WriteCount> WriteCountAsync(AuthorizedWrite write, Func<SqlWork, Task<int>> verb, CancellationToken cancellationToken)
    {
        var count = 0;
        var status = await WriteAsync(
            write,
            async work =>
            {
                count = await verb(work);
                return WriteStatus.Done;
            },
            cancellationToken);
        return new WriteCount(status, status == WriteStatus.Done ? count : 0);
    }

    private static async Task<WriteStatus> AuditedAsync(SqlWork work, AuthorizedWrite write, WriteStatus status)
    {
        if (status == WriteStatus.Done)
        {
            await SqlAuditStore.AppendAsync(work, write.Audit, work.MadeId);
        }

        return status;
    }

    private Task<T> WriteAsync<T>(Func<SqlWork, Task<T>> verb, Func<T, bool> isDone, CancellationToken cancellationToken) => TranslateAsync(
        async () =>
        {
            using var turn = await TakeTurnAsync(cancellationToken);
            await using var connection = await OpenAsync(cancellationToken);
            await using var transaction = BeginWrite(connection);
            var result = await verb(new SqlWork(connection, transaction, BeforeAccess, cancellationToken));
            if (isDone(result))
            {
                BeforeAccess();
                await transaction.CommitAsync(cancellationToken);
            }

            // Without a commit the end of the transaction rolls everything back.
            return result;
        },
        cancellationToken);

    private static async Task<T> TranslateAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await work();
        }
        catch (DbException fault)
        {
            // A lost guard is a statement that changes no row, so every exception of the driver means that the database failed.
            throw new StoreUnavailableException("The database cannot be read or written.", fault);
        }
    }
}
