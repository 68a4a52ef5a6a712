namespace KohakuRiver.Auth;

/// <summary>A one-use code just created. The secret appears here once.</summary>
/// <param name="Secret">The code.</param>
/// <param name="ExpiresAt">When it expires, UTC.</param>
public sealed record CreatedCode(SecretText Secret, DateTimeOffset ExpiresAt);
