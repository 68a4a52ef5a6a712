namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// What a verb must lock because its guard counts rows that others may add or remove. Engines that let
/// writers run in parallel take a lock that lasts until the end of the transaction.
/// </summary>
internal enum StoreLock
{
    /// <summary>The set of active admins.</summary>
    Admins = 0,

    /// <summary>One user's access: role, state, sessions and tokens; by user id.</summary>
    Credentials = 1,

    /// <summary>The number of open invitations.</summary>
    Invitations = 2,

    /// <summary>The one-use codes of one user; by user id, 0 for the setup code.</summary>
    Codes = 3,
}
