namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Counters of failed attempts per bucket and time window. They are stored, so a restart or a second instance
/// does not reset them. They belong to no transaction of another store, so they may be kept in another database.
/// </summary>
public interface IThrottleStore : IKohakuStore
{
    /// <summary>
    /// Counts one attempt in the window that starts at <paramref name="window"/>, unless <paramref name="limit"/> is reached:
    /// false then, and nothing counted. Of parallel callers, exactly as many pass as the limit allows.
    /// </summary>
    Task<bool> TryTakeAsync(string bucket, DateTimeOffset window, int limit, CancellationToken cancellationToken);

    /// <summary>Gives one attempt back, because it turned out not to be a failure. Never below zero.</summary>
    Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken cancellationToken);

    /// <summary>Removes windows that started before <paramref name="before"/>; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
