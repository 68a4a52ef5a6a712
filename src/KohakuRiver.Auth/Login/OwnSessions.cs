namespace KohakuRiver.Auth;

/// <summary>One's own sessions.</summary>
/// <param name="Sessions">Newest first.</param>
/// <param name="CurrentId">The one that asked; null when a token asked.</param>
public sealed record OwnSessions(IReadOnlyList<Session> Sessions, long? CurrentId);
