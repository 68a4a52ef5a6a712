using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Counters of failed attempts.</summary>
internal sealed class SqlThrottleStore(SqlDatabase database) : IThrottleStore
{
    public object TransactionDomain => database;

    public Task<bool> TryTakeAsync(
        string bucket, DateTimeOffset window, int limit, CancellationToken cancellationToken) => database.WriteAsync(
        async work => await work.RunAsync($"""
            INSERT INTO throttle (bucket, window, taken) SELECT {bucket}, {window}, 1 WHERE {limit} > 0
            ON CONFLICT DO UPDATE SET taken = taken + 1 WHERE taken < {limit}
            """) == 1,
        cancellationToken);

    public Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync($"UPDATE throttle SET taken = taken - 1 WHERE bucket = {bucket} AND window = {window} AND taken > 0"),
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(work => work.RunAsync($"DELETE FROM throttle WHERE window < {before}"), cancellationToken);
}
