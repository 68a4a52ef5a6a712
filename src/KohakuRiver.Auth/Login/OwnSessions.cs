namespace KohakuRiver.Auth;

/// <summary>The caller's own sessions.</summary>
/// <param name="Sessions">The sessions, newest first.</param>
/// <param name="CurrentId">The session of the request; null when it used a token.</param>
public sealed record OwnSessions(IReadOnlyList<Session> Sessions, long? CurrentId);
