namespace KohakuRiver.Auth.Stores;

/// <summary>Groups and their members.</summary>
public interface IGroupStore : IKohakuStore
{
    /// <summary>The group, or null.</summary>
    Task<Group?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of groups, newest first.</summary>
    Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>The groups a user belongs to, by name (ordinal, regardless of case).</summary>
    Task<IReadOnlyList<Group>> ListOfUserAsync(long userId, CancellationToken cancellationToken);

    /// <summary>Creates a group. Lost: <see cref="WriteStatus.NameTaken"/>.</summary>
    Task<WriteResult<Group>> TryCreateAsync(NewGroup group, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Changes a group. Lost: <see cref="WriteStatus.NotFound"/>, <see cref="WriteStatus.NameTaken"/>.</summary>
    Task<WriteResult<Group>> TryUpdateAsync(long id, GroupChange change, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a group with its memberships, VPS assignments and the invitations that lead to it. Lost:
    /// <see cref="WriteStatus.NotFound"/>.
    /// </summary>
    Task<WriteStatus> TryDeleteAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a member; adding an existing one is done, too, and writes no second row. Lost:
    /// <see cref="WriteStatus.GroupMissing"/>, <see cref="WriteStatus.UserMissing"/>.
    /// </summary>
    Task<WriteStatus> TryAddMemberAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Removes a member. Lost: <see cref="WriteStatus.NotFound"/> (no such membership).</summary>
    Task<WriteStatus> TryRemoveMemberAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken);
}
