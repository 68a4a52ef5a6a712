using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.Tests.Shared;

/// <summary>Lets so many statements and commits through, and fails the next and all that follow, as a process that dies does.</summary>
internal sealed class FailAfter(int statements) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private int seen;

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default) => Pass(result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) => Pass(result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result,
        CancellationToken cancellationToken = default) => Pass(result);

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default) => Pass(result);

    private ValueTask<T> Pass<T>(T result) => Interlocked.Increment(ref seen) <= statements
        ? ValueTask.FromResult(result)
        : throw new TimeZoneNotFoundException("An exception nobody else throws.");
}

/// <summary>Counts the statements that hold a text.</summary>
internal sealed class CountOf(string text) : DbCommandInterceptor
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains(text, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref count);
        }

        return ValueTask.FromResult(result);
    }
}
