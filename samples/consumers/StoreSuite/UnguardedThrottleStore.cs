// <snippet:broken>
using KohakuRiver.Auth.Stores;

namespace SqlStore.Tests;

/// <summary>A broken store, which the suite must find: it counts whether there is room or not.</summary>
internal sealed class UnguardedThrottleStore(IThrottleStore real) : IThrottleStore
{
    public object TransactionDomain => real.TransactionDomain;

    public Task<bool> TryTakeAsync(string bucket, DateTimeOffset window, int limit, CancellationToken cancellationToken) =>
        real.TryTakeAsync(bucket, window, int.MaxValue, cancellationToken);

    public Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken cancellationToken) =>
        real.GiveBackAsync(bucket, window, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => real.PruneAsync(before, cancellationToken);
}
// </snippet:broken>
