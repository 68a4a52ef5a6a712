using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>Lets so many statements and commits through, and fails all that come after them.</summary>
internal sealed class GivingUp(Func<Exception> fault) : DbCommandInterceptor, IDbTransactionInterceptor, IDisposable
{
    private int left = int.MaxValue;

    /// <summary>From now on; disposing ends it.</summary>
    public GivingUp After(int accesses)
    {
        left = accesses;
        return this;
    }

    public void Dispose() => left = int.MaxValue;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Pass(result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Pass(result));

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Pass(result));

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Pass(result));

    private T Pass<T>(T result) => left-- > 0 ? result : throw fault();
}
