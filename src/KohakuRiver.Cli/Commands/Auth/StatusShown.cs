namespace KohakuRiver.Cli;

/// <summary>What <c>--json</c> prints of <c>auth status</c>.</summary>
/// <param name="Host">The host.</param>
/// <param name="State"><c>logged_in</c>, <c>logged_out</c>, <c>expired</c> or <c>expired_or_revoked</c>.</param>
/// <param name="Username">Whose token it is, as far as known.</param>
/// <param name="Role">Only while logged in.</param>
/// <param name="TokenId">The token.</param>
/// <param name="TokenName">Its name.</param>
/// <param name="ExpiresAt">Null: never, or not known.</param>
/// <param name="Source"><c>KOHAKU_TOKEN</c>, or the state file; null when there is no token.</param>
internal sealed record StatusShown(
    string Host, string State, string? Username, string? Role, long? TokenId, string? TokenName, DateTimeOffset? ExpiresAt, string? Source);
