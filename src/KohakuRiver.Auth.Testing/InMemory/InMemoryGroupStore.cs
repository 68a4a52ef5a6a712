using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryGroupStore(InMemoryDatabase database) : InMemoryStore(database), IGroupStore
{
    public Task<Group?> FindAsync(long id, CancellationToken cancellationToken) =>
        Read(data => data.Groups.Find(id) is { } row ? data.ToGroup(row) : null, cancellationToken);

    public Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken) => Read(
        data =>
        {
            var found = MemoryPaging.Newest(data.Groups.NewestFirst, page, row => row.Id);
            return new Page<Group>([.. found.Items.Select(data.ToGroup)], found.Next, found.Total);
        },
        cancellationToken);

    public Task<IReadOnlyList<Group>> ListOfUserAsync(long userId, CancellationToken cancellationToken) => Read<IReadOnlyList<Group>>(
        data => data.Users.Find(userId) is { } row ? [.. data.GroupsOf(row).Select(data.ToGroup)] : [],
        cancellationToken);

    public Task<WriteResult<Group>> TryCreateAsync(NewGroup group, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Groups.FindByKey(group.Name) is not null)
            {
                return WriteResult<Group>.Lost(WriteStatus.NameTaken);
            }

            var made = new Group
            {
                Id = data.Groups.NextId,
                Name = group.Name,
                Description = group.Description,
                Tier = group.Tier,
                Limits = Copy(group.Limits),
                CreatedAt = Instants.Cut(group.CreatedAt),
            };
            data.Groups = data.Groups.With(new GroupRow(made));
            write.Commit(by, made.Id);
            return WriteResult<Group>.Done(made);
        },
        cancellationToken);

    public Task<WriteResult<Group>> TryUpdateAsync(long id, GroupChange change, AuthorizedWrite by, CancellationToken cancellationToken) =>
        Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Groups.Find(id) is not { } row)
            {
                return WriteResult<Group>.Lost(WriteStatus.NotFound);
            }

            if (change.Name is { } name && data.Groups.FindByKey(name) is { } other && other.Id != id)
            {
                return WriteResult<Group>.Lost(WriteStatus.NameTaken);
            }

            row = new GroupRow(row.Group with
            {
                Name = change.Name ?? row.Group.Name,
                Description = change.Description ?? row.Group.Description,
                Tier = change.Tier ?? row.Group.Tier,
                Limits = Copy(change.ApplyTo(row.Group.Limits)),
            });
            data.Groups = data.Groups.With(row);
            write.Commit(by);
            return WriteResult<Group>.Done(data.ToGroup(row));
        },
        cancellationToken);

    public Task<WriteStatus> TryDeleteAsync(long id, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            data.Groups = data.Groups.Without(row => row.Id == id, out var count);
            if (count == 0)
            {
                return WriteStatus.NotFound;
            }

            foreach (var member in data.Users.Rows.Where(row => row.GroupIds.Contains(id)))
            {
                data.Users = data.Users.With(member with { GroupIds = member.GroupIds.Remove(id) });
            }

            data.Assignments = data.Assignments.Without(row => row.GroupId == id);
            data.Invitations = data.Invitations.Without(row => row.GroupId == id);
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<WriteStatus> TryAddMemberAsync(long id, long userId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Groups.Find(id) is null)
            {
                return WriteStatus.GroupMissing;
            }

            if (data.Users.Find(userId) is not { } row)
            {
                return WriteStatus.UserMissing;
            }

            data.Users = data.Users.With(row with { GroupIds = row.GroupIds.Add(id) });
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<WriteStatus> TryRemoveMemberAsync(long id, long userId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            if (write.Data.Users.Find(userId) is not { } row || !row.GroupIds.Contains(id))
            {
                return WriteStatus.NotFound;
            }

            write.Data.Users = write.Data.Users.With(row with { GroupIds = row.GroupIds.Remove(id) });
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    private static ImmutableSortedDictionary<string, long> Copy(IReadOnlyDictionary<string, long> limits) =>
        limits.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
