using KohakuRiver.Auth.Stores;

namespace SqlStore.Tests;

/// <summary>A broken store, to see the suite find it: it counts whether there is room or not.</summary>
internal sealed class UnguardedThrottleStore(IThrottleStore real) : IThrottleStore
{
    public object TransactionDomain => real.TransactionDomain;

    public Task<bool> TryTakeAsync(string bucket, DateTimeOffset window, int limit, CancellationToken ct) =>
        real.TryTakeAsync(bucket, window, int.MaxValue, ct);

    public Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken ct) => real.GiveBackAsync(bucket, window, ct);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken ct) => real.PruneAsync(before, ct);
}
