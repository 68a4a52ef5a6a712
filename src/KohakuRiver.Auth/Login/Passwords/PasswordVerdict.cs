namespace KohakuRiver.Auth;

/// <summary>What checking a password against a stored hash yields.</summary>
public enum PasswordVerdict
{
    /// <summary>It does not match, or the stored hash is of no known form.</summary>
    Wrong = 0,

    /// <summary>It matches.</summary>
    Right = 1,

    /// <summary>It matches, and the stored hash is of an older form or another cost: hash the password anew and store that.</summary>
    RightNeedsRehash = 2,
}
