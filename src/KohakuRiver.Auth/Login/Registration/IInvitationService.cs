namespace KohakuRiver.Auth;

/// <summary>Invitations: operators create them for viewers and see their own, admins create them for any role and see all.</summary>
public interface IInvitationService
{
    /// <summary>
    /// Creates an invitation. Refusals: Invalid (<c>role</c>, <c>group_id</c>, <c>max_usage</c>, <c>expires_hours</c>), Forbidden (role
    /// beyond the actor's), Conflict (too many open ones).
    /// </summary>
    Task<KohakuResult<CreatedInvitation>> CreateAsync(
        Actor actor, CreateInvitationCommand command, CancellationToken cancellationToken = default);

    /// <summary>A page of invitations, newest first: all for actors who manage users, otherwise their own.</summary>
    Task<KohakuResult<Page<Invitation>>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Revokes an invitation. Refusals: Hidden (does not exist, or is another user's).</summary>
    Task<KohakuResult> RevokeAsync(Actor actor, long id, CancellationToken cancellationToken = default);
}
