namespace KohakuRiver.Auth.Stores;

/// <summary>A user together with the password hash: what a login needs, in one look-up.</summary>
/// <param name="User">The account.</param>
/// <param name="PasswordHash">The stored hash; <see cref="NoPassword"/> for an account without a password.</param>
public sealed record PasswordRecord(User User, string PasswordHash)
{
    /// <summary>Stands for the hash of an account without a password: no password opens it.</summary>
    public const string NoPassword = "";

    /// <summary>Whether the account has a password.</summary>
    public bool HasPassword => PasswordHash.Length > 0;
}
