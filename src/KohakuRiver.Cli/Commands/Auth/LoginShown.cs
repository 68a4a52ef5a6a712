namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints of a login. The token itself is not in it.</summary>
internal sealed record LoginShown(string Host, User User, long? TokenId, string? TokenName, DateTimeOffset? ExpiresAt);
