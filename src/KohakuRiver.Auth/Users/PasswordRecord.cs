namespace KohakuRiver.Auth.Stores;

/// <summary>A user together with the password hash: what a login needs, in one look-up.</summary>
/// <param name="User">The account.</param>
/// <param name="PasswordHash">The stored hash.</param>
public sealed record PasswordRecord(User User, string PasswordHash);
