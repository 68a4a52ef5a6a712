namespace KohakuRiver.Auth;

/// <summary>Invitations: operators make them for viewers and see their own, admins make them for any role and see all.</summary>
public interface IInvitationService
{
    /// <summary>
    /// Makes an invitation. Refusals: Invalid (<c>role</c>, <c>group_id</c>, <c>max_usage</c>, <c>expires_hours</c>), Forbidden (role
    /// beyond the actor's), Conflict (too many open ones).
    /// </summary>
    Task<KohakuResult<CreatedInvitation>> CreateAsync(
        Actor actor, CreateInvitationCommand command, CancellationToken cancellationToken = default);

    /// <summary>A page of invitations, newest first: all for those who manage users, one's own otherwise.</summary>
    Task<KohakuResult<Page<Invitation>>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Revokes an invitation. Refusals: Hidden (not there, or another's).</summary>
    Task<KohakuResult> RevokeAsync(Actor actor, long id, CancellationToken cancellationToken = default);
}
