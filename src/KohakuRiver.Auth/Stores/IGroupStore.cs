using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.Stores;

/// <summary>Groups and who belongs to them.</summary>
public interface IGroupStore : IKohakuStore
{
    /// <summary>The group, or null.</summary>
    Task<Group?> FindAsync(long id, CancellationToken ct);

    /// <summary>A page of groups, newest first.</summary>
    Task<Page<Group>> ListAsync(PageRequest page, CancellationToken ct);

    /// <summary>The groups a user belongs to, by name (ordinal, regardless of case).</summary>
    Task<IReadOnlyList<Group>> ListOfUserAsync(long userId, CancellationToken ct);

    /// <summary>Makes a group. Lost: <see cref="WriteStatus.NameTaken"/>.</summary>
    Task<WriteResult<Group>> TryCreateAsync(NewGroup group, AuditEntry audit, CancellationToken ct);

    /// <summary>Changes a group. Lost: <see cref="WriteStatus.NotFound"/>, <see cref="WriteStatus.NameTaken"/>.</summary>
    Task<WriteResult<Group>> TryUpdateAsync(long id, GroupChange change, AuditEntry audit, CancellationToken ct);

    /// <summary>
    /// Deletes a group with its memberships, VPS assignments and the invitations that give it. False when it is not
    /// there.
    /// </summary>
    Task<bool> TryDeleteAsync(long id, AuditEntry audit, CancellationToken ct);

    /// <summary>
    /// Adds a member; adding one who belongs already is done too, and writes no second row. Lost:
    /// <see cref="WriteStatus.GroupMissing"/>, <see cref="WriteStatus.UserMissing"/>.
    /// </summary>
    Task<WriteStatus> TryAddMemberAsync(long id, long userId, AuditEntry audit, CancellationToken ct);

    /// <summary>Removes a member. False when there is no such membership.</summary>
    Task<bool> TryRemoveMemberAsync(long id, long userId, AuditEntry audit, CancellationToken ct);
}
