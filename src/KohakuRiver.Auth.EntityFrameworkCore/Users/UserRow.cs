namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class UserRow
{
    /// <summary>
    /// Stands for "never logged in". A value instead of NULL keeps the order by last login the same on all engines
    /// (they disagree about where NULL sorts) and lets the next page be found by one index seek.
    /// </summary>
    public static readonly DateTimeOffset NeverLoggedIn = DateTimeOffset.UnixEpoch;

    public long Id { get; set; }

    public string Username { get; set; } = "";

    public string UsernameKey { get; set; } = "";

    public string DisplayName { get; set; } = "";

    /// <summary>No longer read: instances of the version before write it while a rolling update runs.</summary>
    public string DisplayNameKey { get; set; } = "";

    public Role Role { get; set; }

    public bool IsActive { get; set; }

    /// <summary>Empty for an account without a password.</summary>
    public string PasswordHash { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastLoginAt { get; set; } = NeverLoggedIn;

    public int FailedLogins { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    // What came with later migrations is last, where they put it: a database that was upgraded is the same as a new one.
    public string? Language { get; set; }

    /// <summary><see cref="KohakuRiver.Auth.Stores.SearchText.Of"/> of the names; empty where it has not been made yet.</summary>
    public string SearchText { get; set; } = "";

    public bool MustChangePassword { get; set; }

    public User ToModel() => new()
    {
        Id = Id,
        Username = Username,
        DisplayName = DisplayName,
        Language = Language,
        Role = Role,
        IsActive = IsActive,
        CreatedAt = CreatedAt,
        LastLoginAt = LastLoginAt == NeverLoggedIn ? null : LastLoginAt,
        FailedLogins = FailedLogins,
        LockedUntil = LockedUntil,
        MustChangePassword = MustChangePassword,
    };
}
