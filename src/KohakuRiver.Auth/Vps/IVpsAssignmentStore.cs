namespace KohakuRiver.Auth.Stores;

/// <summary>The assignments of VPS instances to users and groups.</summary>
public interface IVpsAssignmentStore : IKohakuStore
{
    /// <summary>The assignments of an instance, oldest first.</summary>
    Task<IReadOnlyList<VpsAssignment>> ListAsync(string vpsId, CancellationToken cancellationToken);

    /// <summary>The assignments of many instances, oldest first. At most 10 000 ids per call.</summary>
    Task<IReadOnlyList<VpsAssignment>> ListAsync(IReadOnlyCollection<string> vpsIds, CancellationToken cancellationToken);

    /// <summary>The ids of all instances that are assigned to anybody; ordinal order, each once.</summary>
    Task<IReadOnlyList<string>> ListVpsAsync(CancellationToken cancellationToken);

    /// <summary>The ids of the instances a user may use, directly or through a group as it is now; ordinal order, each once.</summary>
    Task<IReadOnlyList<string>> ListVpsOfUserAsync(long userId, CancellationToken cancellationToken);

    /// <summary>Whether a user may use an instance, directly or through a group as it is now.</summary>
    Task<bool> IsAssignedAsync(string vpsId, long userId, CancellationToken cancellationToken);

    /// <summary>
    /// Assigns an instance to users and groups, all or nothing; existing assignments keep their row. Lost:
    /// <see cref="WriteStatus.UserMissing"/>, <see cref="WriteStatus.GroupMissing"/>.
    /// </summary>
    Task<WriteStatus> TryAssignAsync(
        string vpsId, IReadOnlyCollection<long> userIds, IReadOnlyCollection<long> groupIds, DateTimeOffset now, AuthorizedWrite write,
        CancellationToken cancellationToken);

    /// <summary>Removes a user's assignment. Lost: <see cref="WriteStatus.NotFound"/> (no such assignment).</summary>
    Task<WriteStatus> TryUnassignUserAsync(string vpsId, long userId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Removes a group's assignment. Lost: <see cref="WriteStatus.NotFound"/>.</summary>
    Task<WriteStatus> TryUnassignGroupAsync(string vpsId, long groupId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Removes all assignments of a deleted instance; returns how many. Writes the audit entry even for none.</summary>
    Task<WriteCount> ForgetAsync(string vpsId, AuthorizedWrite write, CancellationToken cancellationToken);
}
