namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From tokens to their contracts.</summary>
internal static class TokenMapping
{
    internal static TokenResponse ToResponse(this ApiToken token) => new(
        token.Id, token.Name, token.Prefix, new UserRefResponse(token.Owner.Id, token.Owner.Username), token.LastUsedAt, token.CreatedAt,
        token.ExpiresAt);

    internal static CreatedTokenResponse ToResponse(this CreatedToken created) => new(
        created.Token.Id, created.Token.Name, created.Secret.Reveal(), created.Token.CreatedAt, created.Token.ExpiresAt);
}
