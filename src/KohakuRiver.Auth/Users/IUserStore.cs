namespace KohakuRiver.Auth.Stores;

/// <summary>Users, read and changed one at a time. Verbs that touch other aggregates too are on <see cref="IAccountStore"/>.</summary>
public interface IUserStore : IKohakuStore
{
    /// <summary>The user, or null.</summary>
    Task<User?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>The user with groups and the number of sessions alive at <paramref name="now"/>, or null.</summary>
    Task<UserDetails?> FindDetailsAsync(long id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The user and password hash by name, regardless of case, or null.</summary>
    Task<PasswordRecord?> FindPasswordAsync(string username, CancellationToken cancellationToken);

    /// <summary>The user and password hash by id, or null.</summary>
    Task<PasswordRecord?> FindPasswordAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of users with groups and sessions alive at <paramref name="now"/>.</summary>
    Task<Page<UserDetails>> ListAsync(UserQuery query, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Whether there is any user at all.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is any user with the role admin, disabled ones included.</summary>
    Task<bool> AnyAdminAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Counts one more consecutive failure before the password is looked at, so that parallel guesses cannot
    /// pass the limit together, and starts the pause that the policy gives. False, and nothing counted, while
    /// the account is locked or when it does not exist; the work is the same all the same, commit included, so that nobody learns
    /// by the time which it was. A success sets the count back (<see cref="IAccountStore.TryLogInAsync"/>).
    /// </summary>
    Task<bool> TryCountLoginAttemptAsync(long id, LockoutPolicy policy, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the failure count back and unlocks after the right password in a place that makes no session. Writes
    /// no audit entry.
    /// </summary>
    Task ClearLoginFailuresAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the hash of an unchanged password by a newer form. False when the stored hash is no longer
    /// <paramref name="oldHash"/>. Writes no audit entry.
    /// </summary>
    Task<bool> TryRehashAsync(long id, string oldHash, string newHash, CancellationToken cancellationToken);

    /// <summary>Sets the failure count back and unlocks. Lost: <see cref="WriteStatus.NotFound"/>.</summary>
    Task<WriteStatus> TryUnlockAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken);
}
