namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// A lock that a verb takes before anything else. Verbs list all of theirs at once, and all are taken in one order, so that parallel verbs
/// never deadlock.
/// </summary>
/// <param name="What">What is locked.</param>
/// <param name="Id">The id of the thing locked.</param>
internal readonly record struct StoreHold(StoreLock What, long Id)
{
    /// <summary>The set of active admins.</summary>
    public static StoreHold Admins { get; } = new(StoreLock.Admins, 0);

    /// <summary>The number of open invitations.</summary>
    public static StoreHold Invitations { get; } = new(StoreLock.Invitations, 0);

    /// <summary>True for a shared lock, which others may hold, too, but not together with an exclusive one.</summary>
    public bool IsShared { get; private init; }

    /// <summary>
    /// Exclusive lock on one user's credentials: for verbs that end a session or token of theirs, disable or demote them, or create a
    /// credential.
    /// </summary>
    public static StoreHold Credentials(long userId) => new(StoreLock.Credentials, userId);

    /// <summary>
    /// The same as a shared lock, for changes made with a session or token: the credential outlasts the change.
    /// </summary>
    public static StoreHold Acting(long userId) => new(StoreLock.Credentials, userId) { IsShared = true };

    /// <summary>The one-use codes of a user; null for the setup code.</summary>
    public static StoreHold Codes(long? userId) => new(StoreLock.Codes, userId ?? 0);

    /// <summary>The order in which all verbs take them; a lock requested both exclusive and shared is exclusive.</summary>
    public static IEnumerable<StoreHold> InOrder(IEnumerable<StoreHold> holds) => holds
        .GroupBy(h => (h.What, h.Id), (key, same) => new StoreHold(key.What, key.Id) { IsShared = same.All(h => h.IsShared) })
        .OrderBy(h => h.What)
        .ThenBy(h => h.Id);
}
