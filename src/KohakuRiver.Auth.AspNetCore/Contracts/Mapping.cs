namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From the model to what goes over the wire.</summary>
internal static class Mapping
{
    private const long SystemId = 0;
    private const long AnonymousId = -1;

    /// <param name="details">The user.</param>
    /// <param name="showLock">Whether the reader may know of a lock: admins only.</param>
    internal static UserResponse ToResponse(this UserDetails details, bool showLock) => new(
        details.User.Id, details.User.Username, details.User.DisplayName, details.User.Role, details.User.IsActive,
        details.User.CreatedAt, details.User.LastLoginAt, details.ActiveSessions,
        [.. details.Groups.Select(g => new GroupRefResponse(g.Id, g.Name))], showLock ? details.User.LockedUntil : null);

    /// <summary>A caller without an account, as older clients expect it: id 0 for the system, -1 for nobody.</summary>
    internal static UserResponse ToResponse(this Actor actor) => new(
        actor.IsAuthenticated ? SystemId : AnonymousId, actor.Username, actor.IsAuthenticated ? "System" : "Anonymous", actor.Role, true,
        null, null, 0, [], null);

    internal static SessionResponse ToResponse(this Session session, long? currentId) => new(
        session.Id, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.IpAddress, session.UserAgent,
        session.Id == currentId);

    internal static IReadOnlyList<SessionResponse> ToResponse(this OwnSessions own) =>
        [.. own.Sessions.Select(s => s.ToResponse(own.CurrentId))];

    internal static TokenResponse ToResponse(this ApiToken token) => new(
        token.Id, token.Name, token.Prefix, new UserRefResponse(token.Owner.Id, token.Owner.Username), token.LastUsedAt, token.CreatedAt,
        token.ExpiresAt);

    internal static CreatedTokenResponse ToResponse(this CreatedToken created) => new(
        created.Token.Id, created.Token.Name, created.Secret.Reveal(), created.Token.CreatedAt, created.Token.ExpiresAt);

    internal static InvitationResponse ToResponse(
        this Invitation invitation, DateTimeOffset now, string? code = null, string? url = null) => new(
        invitation.Id, code, invitation.Prefix, invitation.Role, invitation.Group?.Id, invitation.MaxUses, invitation.Uses,
        invitation.RemainingUses, invitation.ExpiresAt, invitation.IsOpen(now), invitation.CreatedById, invitation.CreatedAt, url);

    internal static GroupResponse ToResponse(this Group group) => new(
        group.Id, group.Name, group.Description, group.Tier, group.Limits, group.MemberCount, group.CreatedAt);

    internal static PendingTaskResponse ToPending(this Approval approval) => new(
        approval.Task.TaskId, approval.Task.TaskType, approval.Task.Command, approval.Task.Arguments, approval.Task.RequiredCores,
        approval.Task.RequiredMemoryBytes, approval.Task.RequiredGpus, approval.Task.TargetNode, approval.SubmitterId, approval.Submitter,
        approval.Status.ToName(), approval.SubmittedAt, Details(approval.Task));

    internal static ApprovalResponse ToResponse(this Approval approval) => new(
        approval.Task.TaskId, approval.Task.TaskType, approval.Task.Command, approval.ContentRemoved
            ? null
            : approval.Task.Arguments, approval.Task.RequiredCores,
        approval.Task.RequiredMemoryBytes, approval.Task.RequiredGpus, approval.Task.TargetNode, approval.SubmitterId, approval.Submitter,
        approval.Status.ToName(), approval.SubmittedAt, approval.ContentRemoved ? null : Details(approval.Task),
        approval.DecidedBy, approval.DecidedAt, approval.Reason, approval.DeliveredAt);

    internal static VpsAssignmentsResponse ToResponse(this VpsAssignments assignments) => new(
        assignments.VpsId,
        [.. assignments.Assignments.Where(a => a.User is not null).Select(a => new VpsUserResponse(a.User!.Id, a.User.Username, a.UserDisplayName ?? a.User.Username, a.AssignedAt))],
        [.. assignments.Assignments.Where(a => a.Group is not null).Select(a => new VpsGroupResponse(a.Group!.Id, a.Group.Name, a.AssignedAt))]);

    internal static SettingsResponse ToResponse(this EffectiveSettings settings, KohakuAuthOptions options) => new(
        settings.SessionLifetime.TotalHours, settings.SessionIdleTimeout.TotalHours, settings.InvitationLifetime.TotalHours,
        settings.ApprovalRequiredRoles, settings.Registration, settings.AdminSecretSet, settings.AdminSecretPreviousSet, settings.AdminRegisterSecretSet,
        options.Passwords.MinimumLength, options.Limits.TokensPerUser, options.Limits.SessionsPerUser, options.Limits.OpenInvitations);

    internal static AuditResponse ToResponse(this AuditEntry entry) => new(
        entry.Id, entry.At, entry.ActorId, entry.Actor, entry.Credential, entry.IpAddress, entry.Action, entry.TargetType, entry.TargetId,
        entry.Target, entry.Outcome.ToName(), entry.Detail, entry.OperationId);

    // By name, and without a value where that is secret, so that a reader sees all names in one place and order.
    private static SortedDictionary<string, string?> Details(TaskSubmission task)
    {
        var details = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in task.Details)
        {
            details[name] = value;
        }

        foreach (var name in task.SecretDetails)
        {
            details[name] = null;
        }

        return details;
    }
}
