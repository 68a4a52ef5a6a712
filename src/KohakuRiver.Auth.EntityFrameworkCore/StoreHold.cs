namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// One lock a verb takes before anything else. Verbs say all of theirs at once, and all are taken in one order, so that verbs side by side
/// never wait for each other in a circle.
/// </summary>
/// <param name="What">What is locked.</param>
/// <param name="Id">Which one of them.</param>
internal readonly record struct StoreHold(StoreLock What, long Id)
{
    /// <summary>The set of active admins.</summary>
    public static StoreHold Admins { get; } = new(StoreLock.Admins, 0);

    /// <summary>The number of open invitations.</summary>
    public static StoreHold Invitations { get; } = new(StoreLock.Invitations, 0);

    /// <summary>True where others may hold it too, as long as nobody has it to themselves.</summary>
    public bool IsShared { get; private init; }

    /// <summary>
    /// All that acts for one user, to oneself: for whatever ends a session or token of theirs, disables or demotes them, or makes a
    /// credential.
    /// </summary>
    public static StoreHold Credentials(long userId) => new(StoreLock.Credentials, userId);

    /// <summary>
    /// The same beside others, for whatever somebody does by a session or token: it outlasts the change that stands on it.
    /// </summary>
    public static StoreHold Acting(long userId) => new(StoreLock.Credentials, userId) { IsShared = true };

    /// <summary>The one-use codes of a user; null for the set-up code.</summary>
    public static StoreHold Codes(long? userId) => new(StoreLock.Codes, userId ?? 0);

    /// <summary>The order in which all verbs take them; what is held alone and shared is held alone.</summary>
    public static IEnumerable<StoreHold> InOrder(IEnumerable<StoreHold> holds) => holds
        .GroupBy(h => (h.What, h.Id), (key, same) => new StoreHold(key.What, key.Id) { IsShared = same.All(h => h.IsShared) })
        .OrderBy(h => h.What)
        .ThenBy(h => h.Id);
}
