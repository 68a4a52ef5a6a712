namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Tokens">The page.</param>
/// <param name="IsAll">Everybody's, or one's own.</param>
/// <param name="IsFirst">Whether it is the first page.</param>
internal sealed record TokensModel(Page<ApiToken> Tokens, bool IsAll, bool IsFirst);

/// <summary>A token that is shown this once.</summary>
internal sealed record NewTokenModel(ApiToken Token, string Secret);
