namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints for a login. It does not contain the token itself.</summary>
internal sealed record LoginShown(string Host, User User, long? TokenId, string? TokenName, DateTimeOffset? ExpiresAt);
