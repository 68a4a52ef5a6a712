namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints for <c>auth status</c>.</summary>
/// <param name="Host">The host.</param>
/// <param name="State"><c>logged_in</c>, <c>logged_out</c>, <c>expired</c> or <c>expired_or_revoked</c>.</param>
/// <param name="Username">The token's owner, if known.</param>
/// <param name="Role">The role; only while logged in.</param>
/// <param name="TokenId">The token's id.</param>
/// <param name="TokenName">The token's name.</param>
/// <param name="ExpiresAt">When it expires; null for never, or when unknown.</param>
/// <param name="Source"><c>KOHAKU_TOKEN</c>, or the state file; null when there is no token.</param>
internal sealed record StatusShown(
    string Host, string State, string? Username, string? Role, long? TokenId, string? TokenName, DateTimeOffset? ExpiresAt, string? Source);
