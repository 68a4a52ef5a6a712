namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Tokens">The list.</param>
/// <param name="IsAll">Everybody's, or one's own.</param>
/// <param name="State">Only those in this state; null for all.</param>
internal sealed record TokensModel(WholeList<ApiToken> Tokens, bool IsAll, string? State)
{
    /// <summary>The states by which tokens are filtered.</summary>
    internal static string[] States { get; } = ["usable", "ends_soon", "expired", "unused"];

    /// <summary>How long before its end a token ends soon.</summary>
    internal static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>The state of a token: the first that holds of expired, ending within two weeks, and never used.</summary>
    internal static string StateOf(ApiToken token, DateTimeOffset now) =>
        token.ExpiresAt <= now ? "expired"
        : token.ExpiresAt <= now + Soon ? "ends_soon"
        : token.LastUsedAt is null ? "unused"
        : "usable";
}

/// <summary>A token that is shown this once.</summary>
internal sealed record NewTokenModel(ApiToken Token, string Secret);
