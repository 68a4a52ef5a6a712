namespace KohakuRiver.Auth.Stores;

/// <summary>Users, read and changed one at a time. Verbs that also touch other aggregates are on <see cref="IAccountStore"/>.</summary>
public interface IUserStore : IKohakuStore
{
    /// <summary>The user, or null.</summary>
    Task<User?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>The user with groups and the number of sessions active at <paramref name="now"/>, or null.</summary>
    Task<UserDetails?> FindDetailsAsync(long id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The user and password hash by name, regardless of case, or null.</summary>
    Task<PasswordRecord?> FindPasswordAsync(string username, CancellationToken cancellationToken);

    /// <summary>The user and password hash by id, or null.</summary>
    Task<PasswordRecord?> FindPasswordAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of users with groups and sessions active at <paramref name="now"/>.</summary>
    Task<Page<UserDetails>> ListAsync(UserQuery query, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// The users who are locked at <paramref name="now"/>, those locked longest first, by id where they are alike; at most
    /// <paramref name="limit"/>, which is 1 or more. Disabled ones included.
    /// </summary>
    Task<IReadOnlyList<User>> ListLockedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Whether any user exists.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Whether any user has the role admin, disabled ones included.</summary>
    Task<bool> AnyAdminAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Counts one more consecutive failure before the password is checked, so that parallel guesses cannot
    /// exceed the limit together, and starts the pause that the policy prescribes. False, and nothing counted, while
    /// the account is locked or when it does not exist; the work is the same in any case, including the commit, so that nobody learns
    /// which it was from the time taken. A success resets the count (<see cref="IAccountStore.TryLogInAsync"/>).
    /// </summary>
    Task<bool> TryCountLoginAttemptAsync(long id, LockoutPolicy policy, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Resets the failure count and unlocks after the right password where no session is created. Writes
    /// no audit entry.
    /// </summary>
    Task ClearLoginFailuresAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the hash of an unchanged password by a newer form. False when the stored hash is no longer
    /// <paramref name="oldHash"/>. Writes no audit entry.
    /// </summary>
    Task<bool> TryRehashAsync(long id, string oldHash, string newHash, CancellationToken cancellationToken);

    /// <summary>Resets the failure count and unlocks. Lost: <see cref="WriteStatus.NotFound"/>.</summary>
    Task<WriteStatus> TryUnlockAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken);
}
