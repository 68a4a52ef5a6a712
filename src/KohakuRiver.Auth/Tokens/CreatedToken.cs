namespace KohakuRiver.Auth;

/// <summary>A token just created. The secret appears here once; the store has its hash.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">Its secret.</param>
public sealed record CreatedToken(ApiToken Token, SecretText Secret);
