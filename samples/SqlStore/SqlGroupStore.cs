using System.Data.Common;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Groups and their members.</summary>
internal sealed class SqlGroupStore(SqlDatabase database) : IGroupStore
{
    private static readonly SqlText Columns = new(
        "g.id, g.name, g.description, g.tier, g.limits, g.created_at, "
        + "(SELECT COUNT(*) FROM memberships m WHERE m.group_id = g.id) AS members");

    public object TransactionDomain => database;

    public Task<Group?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => FindAsync(work, id), cancellationToken);

    public Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async work => Paging.Cut(
            await work.ListAsync(
                $"SELECT {Columns} FROM groups g WHERE g.id < {Paging.Below(page)} ORDER BY g.id DESC LIMIT {page.Limit + 1}", Read),
            page,
            await work.NumberAsync($"SELECT COUNT(*) FROM groups"),
            group => group.Id),
        cancellationToken);

    public Task<IReadOnlyList<Group>> ListOfUserAsync(
        long userId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Group>>(
        async work => await work.ListAsync(
            $"""
            SELECT {Columns} FROM groups g JOIN memberships mine ON mine.group_id = g.id
            WHERE mine.user_id = {userId} ORDER BY g.name_key
            """,
            Read),
        cancellationToken);

    public Task<WriteResult<Group>> TryCreateAsync(NewGroup group, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                work.MadeId = await AddAsync(work, group);
                return work.MadeId is { } id
                    ? WriteResult<Group>.Done((await FindAsync(work, id))!)
                    : WriteResult<Group>.Lost(WriteStatus.NameTaken);
            },
            cancellationToken);

    public Task<WriteResult<Group>> TryUpdateAsync(
        long id, GroupChange change, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                // Limits are read and written as a whole, which is safe because there is one writer at a time.
                if (await FindAsync(work, id) is not { } group)
                {
                    return WriteResult<Group>.Lost(WriteStatus.NotFound);
                }

                var key = Names.FoldOrNull(change.Name);
                var limits = SqlJson.Write(change.ApplyTo(group.Limits));
                var changed = await work.RunAsync($"""
                    UPDATE groups SET
                      name = COALESCE({change.Name}, name), name_key = COALESCE({key}, name_key),
                      description = COALESCE({change.Description}, description), tier = COALESCE({change.Tier}, tier), limits = {limits}
                    WHERE id = {id} AND NOT EXISTS (SELECT 1 FROM groups o WHERE o.name_key = {key} AND o.id <> {id})
                    """);
                return changed == 0
                    ? WriteResult<Group>.Lost(WriteStatus.NameTaken)
                    : WriteResult<Group>.Done((await FindAsync(work, id))!);
            },
            cancellationToken);

    public Task<WriteStatus> TryDeleteAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work => await work.RunAsync($"DELETE FROM groups WHERE id = {id}") == 1 ? WriteStatus.Done : WriteStatus.NotFound,
        cancellationToken);

    public Task<WriteStatus> TryAddMemberAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work => await SqlUserStore.FindAsync(work, userId) is null
                ? await AccountRows.AreGroupsAsync(work, [id]) ? WriteStatus.UserMissing : WriteStatus.GroupMissing
                : await AccountRows.JoinAsync(work, userId, [id]) ? WriteStatus.Done : WriteStatus.GroupMissing,
            cancellationToken);

    public Task<WriteStatus> TryRemoveMemberAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work => await work.RunAsync($"DELETE FROM memberships WHERE group_id = {id} AND user_id = {userId}") == 1
                ? WriteStatus.Done
                : WriteStatus.NotFound,
            cancellationToken);

    /// <summary>Creates a group; returns null where the name is taken.</summary>
    internal static Task<long?> AddAsync(SqlWork work, NewGroup group)
    {
        var key = Names.Fold(group.Name);
        return work.NumberAsync($"""
            INSERT INTO groups (name, name_key, description, tier, limits, created_at)
            SELECT {group.Name}, {key}, {group.Description}, {group.Tier}, {SqlJson.Write(group.Limits)}, {group.CreatedAt}
            WHERE NOT EXISTS (SELECT 1 FROM groups WHERE name_key = {key})
            RETURNING id
            """);
    }

    private static Task<Group?> FindAsync(SqlWork work, long id) =>
        work.FindAsync($"SELECT {Columns} FROM groups g WHERE g.id = {id}", Read);

    private static Group Read(DbDataReader row) => new()
    {
        Id = row.Long("id"),
        Name = row.Text("name"),
        Description = row.Text("description"),
        Tier = row.Int("tier"),
        Limits = new SortedDictionary<string, long>(row.Json<Dictionary<string, long>>("limits"), StringComparer.Ordinal),
        MemberCount = row.Int("members"),
        CreatedAt = row.Instant("created_at"),
    };
}
