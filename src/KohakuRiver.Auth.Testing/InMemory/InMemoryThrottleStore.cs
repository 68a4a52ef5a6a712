using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryThrottleStore(InMemoryDatabase database) : InMemoryStore(database), IThrottleStore
{
    public Task<bool> TryTakeAsync(string bucket, DateTimeOffset window, int limit, CancellationToken cancellationToken) => Write(
        write =>
        {
            var key = (bucket, Instants.Cut(window));
            var taken = write.Data.Throttle.GetValueOrDefault(key);
            if (taken >= limit)
            {
                return false;
            }

            write.Data.Throttle = write.Data.Throttle.SetItem(key, taken + 1);
            write.Commit();
            return true;
        },
        cancellationToken);

    public Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken cancellationToken) => Write(
        write =>
        {
            var key = (bucket, Instants.Cut(window));
            if (write.Data.Throttle.TryGetValue(key, out var taken) && taken > 0)
            {
                write.Data.Throttle = write.Data.Throttle.SetItem(key, taken - 1);
                write.Commit();
            }
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Write(
        write =>
        {
            var old = write.Data.Throttle.Keys.Where(key => key.Window < before).ToList();
            write.Data.Throttle = write.Data.Throttle.RemoveRange(old);
            write.Commit();
            return old.Count;
        },
        cancellationToken);
}
