using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfGroupStore(AuthDatabase database) : EfStore(database), IGroupStore
{
    /// <inheritdoc />
    public Task<Group?> FindAsync(long id, CancellationToken cancellationToken) =>
        Database.ReadAsync(db => FindAsync(db, id, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<Page<Group>> ListAsync(PageRequest page, CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            var before = page.IdBefore();
            var rows = await db.Groups
                .Where(g => g.Id < before)
                .OrderByDescending(g => g.Id)
                .Take(page.Limit + 1)
                .Select(g => new { Group = g, Members = db.Memberships.Count(m => m.GroupId == g.Id) })
                .ToListAsync(cancellationToken);
            var total = await db.Groups.LongCountAsync(cancellationToken);
            return rows.ToPage(page.Limit, total, row => row.Group.ToModel(row.Members), row => row.Group.Id);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<Group>> ListOfUserAsync(long userId, CancellationToken cancellationToken) =>
        Database.ReadAsync<IReadOnlyList<Group>>(
        async db =>
        {
            var rows = await db.Memberships
                .Where(m => m.UserId == userId)
                .Select(m => m.Group!)
                .OrderBy(g => g.NameKey)
                .Select(g => new { Group = g, Members = db.Memberships.Count(m => m.GroupId == g.Id) })
                .ToListAsync(cancellationToken);
            return rows.ConvertAll(row => row.Group.ToModel(row.Members));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<Group>> TryCreateAsync(NewGroup group, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [],
        async w =>
        {
            var row = new GroupRow
            {
                Name = group.Name,
                NameKey = TextKey.Of(group.Name),
                Description = group.Description,
                Tier = group.Tier,
                Limits = JsonColumns.WriteMap(group.Limits),
                CreatedAt = Instants.Cut(group.CreatedAt),
            };
            w.Db.Groups.Add(row);
            if (!await w.TrySaveAsync())
            {
                return WriteResult<Group>.Lost(WriteStatus.NameTaken);
            }

            w.MadeId = row.Id.ToString(CultureInfo.InvariantCulture);
            return WriteResult<Group>.Done(row.ToModel(memberCount: 0));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<Group>> TryUpdateAsync(
        long id, GroupChange change, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [],
        async w =>
        {
            var changesLimits = change.SetLimits is not null || change.RemoveLimits is not null;
            if (changesLimits)
            {
                // The new limits depend on the current ones: the row is locked before it is read.
                await w.Db.Groups.Where(g => g.Id == id).ExecuteUpdateAsync(s => s.SetProperty(g => g.Tier, g => g.Tier), w.Ct);
            }

            var row = await w.Db.Groups.AsTracking().SingleOrDefaultAsync(g => g.Id == id, w.Ct);
            if (row is null)
            {
                return WriteResult<Group>.Lost(WriteStatus.NotFound);
            }

            // Only columns that differ are written, so parallel changes of different fields do not undo each other.
            row.Name = change.Name ?? row.Name;
            row.NameKey = TextKey.Of(row.Name);
            row.Description = change.Description ?? row.Description;
            row.Tier = change.Tier ?? row.Tier;
            row.Limits = changesLimits || change.Limits is not null
                ? JsonColumns.WriteMap(change.ApplyTo(row.ToModel(0).Limits))
                : row.Limits;
            if (!await w.TrySaveAsync())
            {
                return WriteResult<Group>.Lost(WriteStatus.NameTaken);
            }

            // A change without an effect locks no row, so another writer may have deleted it.
            return await FindAsync(w.Db, id, w.Ct) is { } group
                ? WriteResult<Group>.Done(group)
                : WriteResult<Group>.Lost(WriteStatus.NotFound);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryDeleteAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write, [], async w => Found(await w.Db.Groups.Where(g => g.Id == id).ExecuteDeleteAsync(w.Ct)), cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryAddMemberAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [],
        async w =>
        {
            if (!await w.Db.Groups.AnyAsync(g => g.Id == id, w.Ct))
            {
                return WriteStatus.GroupMissing;
            }

            if (!await w.UserExistsAsync(userId))
            {
                return WriteStatus.UserMissing;
            }

            if (!await w.Db.Memberships.AnyAsync(m => m.GroupId == id && m.UserId == userId, w.Ct))
            {
                w.Db.Memberships.Add(new MembershipRow { GroupId = id, UserId = userId });
                await w.SaveAsync();
            }

            return WriteStatus.Done;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryRemoveMemberAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write, [], async w => Found(await w.Db.Memberships.Where(m => m.GroupId == id && m.UserId == userId).ExecuteDeleteAsync(w.Ct)),
        cancellationToken);

    private static async Task<Group?> FindAsync(AuthDbContext db, long id, CancellationToken cancellationToken)
    {
        var row = await db.Groups
            .Where(g => g.Id == id)
            .Select(g => new { Group = g, Members = db.Memberships.Count(m => m.GroupId == g.Id) })
            .SingleOrDefaultAsync(cancellationToken);
        return row?.Group.ToModel(row.Members);
    }
}
