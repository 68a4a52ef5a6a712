namespace KohakuRiver.Auth.Stores;

/// <summary>Invitations. Their use is <see cref="IAccountStore.TryRegisterWithInvitationAsync"/>; a revoked one's row is gone.</summary>
public interface IInvitationStore : IKohakuStore
{
    /// <summary>The invitation by its code, including used-up and expired ones, or null.</summary>
    Task<Invitation?> FindAsync(SecretHash code, CancellationToken cancellationToken);

    /// <summary>The invitation by id, or null.</summary>
    Task<Invitation?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of invitations, newest first; of one creator, or all when <paramref name="createdById"/> is null.</summary>
    Task<Page<Invitation>> ListAsync(long? createdById, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Creates an invitation. Lost: <see cref="WriteStatus.GroupMissing"/>, <see cref="WriteStatus.UserMissing"/> (the creator is gone),
    /// <see cref="WriteStatus.LimitReached"/> (counting those open at <see cref="NewInvitation.CreatedAt"/>).
    /// </summary>
    Task<WriteResult<Invitation>> TryCreateAsync(NewInvitation invitation, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Revokes an invitation. Lost: <see cref="WriteStatus.NotFound"/>.</summary>
    Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Removes invitations that expired before <paramref name="before"/>; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
