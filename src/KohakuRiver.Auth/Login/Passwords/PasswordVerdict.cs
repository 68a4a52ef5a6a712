namespace KohakuRiver.Auth;

/// <summary>The result of checking a password against a stored hash.</summary>
public enum PasswordVerdict
{
    /// <summary>It does not match, or the stored hash has no known form.</summary>
    Wrong = 0,

    /// <summary>It matches.</summary>
    Right = 1,

    /// <summary>It matches, and the stored hash has an older form or another cost: hash the password again and store that.</summary>
    RightNeedsRehash = 2,
}
