namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From callers and their sessions to the contracts.</summary>
internal static class AccountMapping
{
    private const long SystemId = 0;
    private const long AnonymousId = -1;

    /// <summary>A caller without an account, as older clients expect it: id 0 for the system, -1 for an anonymous one.</summary>
    internal static UserResponse ToResponse(this Actor actor) => new(
        actor.IsAuthenticated ? SystemId : AnonymousId, actor.Username, actor.IsAuthenticated ? "System" : "Anonymous", null, actor.Role,
        true, null, null, 0, [], null, false, UserMapping.IsForAdmin(actor));

    internal static SessionResponse ToResponse(this Session session, long? currentId) => new(
        session.Id, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.IpAddress, session.UserAgent,
        session.Id == currentId);

    internal static IReadOnlyList<SessionResponse> ToResponse(this OwnSessions own) =>
        [.. own.Sessions.Select(s => s.ToResponse(own.CurrentId))];
}
