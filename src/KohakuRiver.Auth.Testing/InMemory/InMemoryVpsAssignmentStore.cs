using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryVpsAssignmentStore(InMemoryDatabase database) : InMemoryStore(database), IVpsAssignmentStore
{
    public Task<IReadOnlyList<VpsAssignment>> ListAsync(string vpsId, CancellationToken cancellationToken) =>
        ListAsync([vpsId], cancellationToken);

    public Task<IReadOnlyList<VpsAssignment>> ListAsync(IReadOnlyCollection<string> vpsIds, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<VpsAssignment>>(
        data =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(vpsIds.Count, 10_000, nameof(vpsIds));
            var wanted = vpsIds.ToHashSet(StringComparer.Ordinal);
            return [.. data.Assignments.Rows.Where(row => wanted.Contains(row.VpsId)).Select(data.ToAssignment)];
        },
        cancellationToken);

    public Task<IReadOnlyList<string>> ListVpsAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<string>>(
        data => [.. data.Assignments.Rows.Select(row => row.VpsId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        cancellationToken);

    public Task<IReadOnlyList<string>> ListVpsOfUserAsync(long userId, CancellationToken cancellationToken) => Read<IReadOnlyList<string>>(
        data => [.. OfUser(data, userId).Select(row => row.VpsId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        cancellationToken);

    public Task<bool> IsAssignedAsync(string vpsId, long userId, CancellationToken cancellationToken) =>
        Read(data => OfUser(data, userId).Any(row => row.VpsId == vpsId), cancellationToken);

    public Task<WriteStatus> TryAssignAsync(
        string vpsId,
        IReadOnlyCollection<long> userIds,
        IReadOnlyCollection<long> groupIds,
        DateTimeOffset now,
        AuthorizedWrite by,
        CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (userIds.Any(id => data.Users.Find(id) is null))
            {
                return WriteStatus.UserMissing;
            }

            if (!data.AreGroups(groupIds))
            {
                return WriteStatus.GroupMissing;
            }

            foreach (var id in userIds)
            {
                Assign(data, vpsId, id, groupId: null, now);
            }

            foreach (var id in groupIds)
            {
                Assign(data, vpsId, userId: null, id, now);
            }

            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<WriteStatus> TryUnassignUserAsync(string vpsId, long userId, AuthorizedWrite by, CancellationToken cancellationToken) =>
        TryRemove(row => row.VpsId == vpsId && row.UserId == userId, by, cancellationToken);

    public Task<WriteStatus> TryUnassignGroupAsync(string vpsId, long groupId, AuthorizedWrite by, CancellationToken cancellationToken) =>
        TryRemove(row => row.VpsId == vpsId && row.GroupId == groupId, by, cancellationToken);

    public Task<WriteCount> ForgetAsync(string vpsId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            write.Data.Assignments = write.Data.Assignments.Without(row => row.VpsId == vpsId, out var count);
            write.Commit(by);
            return count;
        },
        cancellationToken);

    private static IEnumerable<AssignmentRow> OfUser(MemoryData data, long userId) => data.Users.Find(userId) is { } user
        ? data.Assignments.Rows.Where(row => row.UserId == userId || (row.GroupId is { } group && user.GroupIds.Contains(group)))
        : [];

    private static void Assign(MemoryData data, string vpsId, long? userId, long? groupId, DateTimeOffset now)
    {
        if (data.Assignments.FindByKey((vpsId, userId, groupId)) is null)
        {
            data.Assignments = data.Assignments.With(new AssignmentRow(data.Assignments.NextId, vpsId, userId, groupId, Instants.Cut(now)));
        }
    }

    private Task<WriteStatus> TryRemove(Func<AssignmentRow, bool> matches, AuthorizedWrite by, CancellationToken cancellationToken) =>
        Write(
        by,
        write =>
        {
            write.Data.Assignments = write.Data.Assignments.Without(matches, out var count);
            if (count == 0)
            {
                return WriteStatus.NotFound;
            }

            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);
}
