using System.Transactions;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// The one place where the stores meet the database: every read and every write goes through here. Engines
/// derive from it and add what is specific to them; nothing else in the stores knows the engine.
/// </summary>
/// <remarks>
/// A write is one transaction: locks, a check of the authorizing credential, body, audit entry, commit. A body that loses is rolled back
/// and writes no audit entry. Bodies may run more than once, each time with a fresh context, so they must not change anything outside of
/// it. <see cref="AuditEntry.OperationId"/> is not unique in the audit table, since callers may record one operation in several
/// entries; an engine that repeats writes recognizes its own by id, action and outcome, and adds an index on the id.
/// </remarks>
internal abstract class AuthDatabase
{
    /// <summary>A context of the engine, from its pool; the caller disposes it.</summary>
    public abstract AuthDbContext CreateContext();

    /// <summary>Whether there is no database yet and the first start creates it: true for a missing file.</summary>
    public virtual bool IsStillToBeCreated => false;

    /// <summary>Whether the exception, or an inner one, means that the database is unavailable.</summary>
    protected abstract bool IsOutage(Exception e);

    /// <summary>Whether a unique index refused a row.</summary>
    public abstract bool IsUniqueViolation(Exception e);

    /// <summary>Takes a lock until the end of the transaction. Does nothing where writers take turns anyway.</summary>
    protected virtual Task LockAsync(AuthDbContext db, StoreHold hold, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the writer's turn, where writers take turns; disposing the result ends it.</summary>
    /// <exception cref="StoreUnavailableException">The turn did not come in time.</exception>
    protected virtual ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IDisposable?>(null);

    /// <summary>
    /// Whether a failed write is worth another attempt (a lost connection, a deadlock, a row that a parallel writer was quicker to
    /// insert). Where the commit failed, the writer first checks whether its work was committed after all.
    /// </summary>
    /// <param name="e">The failure.</param>
    /// <param name="attempt">The number of the failed attempt, from 1.</param>
    protected virtual bool IsWorthAnotherAttempt(Exception e, int attempt) => false;

    /// <summary>Lets the statements of this context take longer than a request may wait, where the engine limits them.</summary>
    protected virtual void GiveTime(AuthDbContext db)
    {
    }

    /// <summary>
    /// Identifies a transaction's connection after it is lost; null where connections cannot be lost.
    /// </summary>
    protected virtual int? Identify(AuthDbContext db) => null;

    /// <summary>
    /// Waits until the server has finished the work of a lost connection, so that a commit in progress is not taken for one
    /// that never arrived.
    /// </summary>
    /// <param name="connection">The value from <see cref="Identify"/>.</param>
    /// <exception cref="StoreUnavailableException">It is not done in time.</exception>
    protected virtual Task AwaitEndAsync(int connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads outside any transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<AuthDbContext, Task<T>> query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var outside = OutsideOfTransactions();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = CreateContext();
                return await query(db);
            }
            catch (Exception e) when (e is not OperationCanceledException && IsWorthAnotherAttempt(e, attempt))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (IsTranslated(e))
            {
                throw Translate(e);
            }
        }
    }

    /// <summary>For work on the schema: inspecting it, migrating. Done once.</summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        using var outside = OutsideOfTransactions();
        try
        {
            return await work();
        }
        catch (Exception e) when (IsTranslated(e))
        {
            throw Translate(e);
        }
    }

    /// <summary>A write on an actor's behalf that commits when it is done.</summary>
    public Task<WriteResult<T>> WriteAsync<T>(
        AuthorizedWrite write, IEnumerable<StoreHold> holds, Func<WriteTransaction, Task<WriteResult<T>>> body,
        CancellationToken cancellationToken)
        where T : class =>
        RunAsync(new Terms<WriteResult<T>>(write, holds, static r => r.IsDone, WriteResult<T>.Lost), body, cancellationToken);

    /// <summary>A write on an actor's behalf that commits when it is done.</summary>
    public Task<WriteStatus> WriteAsync(
        AuthorizedWrite write, IEnumerable<StoreHold> holds, Func<WriteTransaction, Task<WriteStatus>> body,
        CancellationToken cancellationToken) =>
        RunAsync(new Terms<WriteStatus>(write, holds, static s => s == WriteStatus.Done, static s => s), body, cancellationToken);

    /// <summary>A write on an actor's behalf over any number of rows; returns how many, and commits also for none.</summary>
    public Task<WriteCount> WriteCountAsync(
        AuthorizedWrite write, IEnumerable<StoreHold> holds, Func<WriteTransaction, Task<int>> body, CancellationToken cancellationToken) =>
        RunAsync(
            new Terms<WriteCount>(write, holds, static _ => true, static s => new WriteCount(s, 0)),
            async w => WriteCount.Done(await body(w)),
            cancellationToken);

    /// <summary>A write without an actor or audit entry that commits when it returns true.</summary>
    public Task<bool> WriteAsync(Func<WriteTransaction, Task<bool>> body, CancellationToken cancellationToken) =>
        RunAsync(new Terms<bool>(null, [], static done => done, static _ => false), body, cancellationToken);

    /// <summary>A write without an actor or audit entry that always commits.</summary>
    public Task<T> WriteAlwaysAsync<T>(Func<WriteTransaction, Task<T>> body, CancellationToken cancellationToken)
        where T : notnull => RunAsync(
            new Terms<T>(null, [], static _ => true, static _ => throw new InvalidOperationException()), body, cancellationToken);

    /// <summary>Removes outdated rows; nobody waits for it, so it may be slow.</summary>
    public Task<int> PruneAsync(Func<WriteTransaction, Task<int>> body, CancellationToken cancellationToken) => WriteAlwaysAsync(
        w =>
        {
            GiveTime(w.Db);
            return body(w);
        },
        cancellationToken);

    /// <summary>
    /// Leaves a transaction that the host has open around the call (<see cref="TransactionScope"/>): verbs commit when they say so, and
    /// what they acknowledged must not be undone by somebody else. Null, the usual case, when there is none.
    /// </summary>
    public static IDisposable? OutsideOfTransactions() => Transaction.Current is null
        ? null
        : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

    private async Task<T> RunAsync<T>(Terms<T> terms, Func<WriteTransaction, Task<T>> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var outside = OutsideOfTransactions();
        var audit = terms.Write?.Audit;
        for (var attempt = 1; ; attempt++)
        {
            // Known only once the attempt has reached its commit: the result if the commit succeeded without an acknowledgement.
            var reached = new Reached<T>();
            try
            {
                return await AttemptAsync(terms, body, reached, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException && IsWorthAnotherAttempt(e, attempt))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (reached.Commit && audit is not null && await IsWrittenAsync(audit, reached.Connection, cancellationToken))
                {
                    return reached.Result!;
                }
            }
            catch (Exception e) when (IsTranslated(e))
            {
                throw Translate(e);
            }
        }
    }

    private async Task<T> AttemptAsync<T>(
        Terms<T> terms, Func<WriteTransaction, Task<T>> body, Reached<T> reached, CancellationToken cancellationToken)
    {
        await using var db = CreateContext();
        using var turn = await EnterWriteAsync(cancellationToken);

        // A verb is all or nothing, so savepoints inside it would be useless statements.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var hold in terms.Holds)
        {
            await LockAsync(db, hold, cancellationToken);
        }

        if (terms.Write?.Credential is { } credential
            && await ActingCredentials.JudgeAsync(db, credential, terms.Write.Audit.At, cancellationToken) is { } lost)
        {
            await transaction.RollbackAsync(cancellationToken);
            return terms.Lose(lost);
        }

        var writing = new WriteTransaction(this, db, cancellationToken);
        var result = await body(writing);
        if (!terms.IsDone(result))
        {
            await transaction.RollbackAsync(cancellationToken);
            return result;
        }

        if (terms.Write is { } write)
        {
            db.Audit.Add(AuditRow.From(write.Audit, writing.MadeId));
            await db.SaveChangesAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        reached.Commit = true;
        reached.Connection = Identify(db);
        reached.Result = result;

        // Not cancelled halfway: the caller learns what happened.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private async Task<bool> IsWrittenAsync(AuditEntry audit, int? connection, CancellationToken cancellationToken)
    {
        if (connection is { } cut)
        {
            await AwaitEndAsync(cut, cancellationToken);
        }

        return await ReadAsync(
            db => db.Audit.AnyAsync(
                a => a.OperationId == audit.OperationId && a.Action == audit.Action && a.Outcome == audit.Outcome, cancellationToken),
            cancellationToken);
    }

    private bool IsTranslated(Exception e) => e is not (OperationCanceledException or StoreUnavailableException) && IsOutage(e);

    private static StoreUnavailableException Translate(Exception e) => new("The database is not available.", e);

    /// <summary>The context of a write: its authorization, its locks, and how its results are interpreted.</summary>
    private sealed class Terms<T>(AuthorizedWrite? write, IEnumerable<StoreHold> holds, Func<T, bool> isDone, Func<WriteStatus, T> lose)
    {
        public AuthorizedWrite? Write => write;

        // An actor's credential cannot be ended until the change is committed.
        public StoreHold[] Holds { get; } =
            [.. StoreHold.InOrder(write?.Credential is { } credential ? holds.Append(StoreHold.Acting(credential.UserId)) : holds)];

        public bool IsDone(T result) => isDone(result);

        public T Lose(WriteStatus status) => lose(status);
    }

    private sealed class Reached<T>
    {
        public bool Commit { get; set; }

        public int? Connection { get; set; }

        public T? Result { get; set; }
    }
}
