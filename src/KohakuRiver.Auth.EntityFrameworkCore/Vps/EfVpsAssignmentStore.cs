using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfVpsAssignmentStore(AuthDatabase database) : EfStore(database), IVpsAssignmentStore
{
    /// <inheritdoc />
    public Task<IReadOnlyList<VpsAssignment>> ListAsync(string vpsId, CancellationToken cancellationToken) =>
        Database.ReadAsync(db => ToModelsAsync(db.VpsAssignments.Where(a => a.VpsId == vpsId), cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<VpsAssignment>> ListAsync(IReadOnlyCollection<string> vpsIds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vpsIds.Count, 10_000, nameof(vpsIds));
        return Database.ReadAsync(
            db => ToModelsAsync(db.VpsAssignments.Where(a => vpsIds.Contains(a.VpsId)), cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListVpsAsync(CancellationToken cancellationToken) =>
        ListIdsAsync(db => db.VpsAssignments, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListVpsOfUserAsync(long userId, CancellationToken cancellationToken) =>
        ListIdsAsync(db => Reaching(db, userId), cancellationToken);

    /// <inheritdoc />
    public Task<bool> IsAssignedAsync(string vpsId, long userId, CancellationToken cancellationToken) =>
        Database.ReadAsync(db => Reaching(db, userId).AnyAsync(a => a.VpsId == vpsId, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryAssignAsync(
        string vpsId, IReadOnlyCollection<long> userIds, IReadOnlyCollection<long> groupIds, DateTimeOffset now, AuthorizedWrite write,
        CancellationToken cancellationToken)
    {
        var users = userIds.Distinct().ToArray();
        var groups = groupIds.Distinct().ToArray();
        return Database.WriteAsync(
            write,
            [],
            async w =>
            {
                if (users.Length > 0 && await w.Db.Users.CountAsync(u => users.Contains(u.Id), w.Ct) != users.Length)
                {
                    return WriteStatus.UserMissing;
                }

                if (!await w.AllGroupsExistAsync(groups))
                {
                    return WriteStatus.GroupMissing;
                }

                var have = await w.Db.VpsAssignments.Where(a => a.VpsId == vpsId)
                    .Select(a => new { a.UserId, a.GroupId })
                    .ToListAsync(w.Ct);
                var haveUsers = have.Select(a => a.UserId).ToHashSet();
                var haveGroups = have.Select(a => a.GroupId).ToHashSet();
                var at = Instants.Cut(now);
                w.Db.VpsAssignments.AddRange(users.Where(id => !haveUsers.Contains(id))
                    .Select(id => new VpsAssignmentRow { VpsId = vpsId, UserId = id, AssignedAt = at }));
                w.Db.VpsAssignments.AddRange(groups.Where(id => !haveGroups.Contains(id))
                    .Select(id => new VpsAssignmentRow { VpsId = vpsId, GroupId = id, AssignedAt = at }));
                await w.SaveAsync();
                return WriteStatus.Done;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<WriteStatus> TryUnassignUserAsync(string vpsId, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write, [], async w => Found(await w.Db.VpsAssignments.Where(a => a.VpsId == vpsId && a.UserId == userId).ExecuteDeleteAsync(w.Ct)),
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryUnassignGroupAsync(
        string vpsId, long groupId, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write, [],
        async w => Found(await w.Db.VpsAssignments.Where(a => a.VpsId == vpsId && a.GroupId == groupId).ExecuteDeleteAsync(w.Ct)),
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteCount> ForgetAsync(string vpsId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteCountAsync(
        write, [], w => w.Db.VpsAssignments.Where(a => a.VpsId == vpsId).ExecuteDeleteAsync(w.Ct), cancellationToken);

    // Sorted here: a database orders text by its own rules.
    private Task<IReadOnlyList<string>> ListIdsAsync(
        Func<AuthDbContext, IQueryable<VpsAssignmentRow>> which, CancellationToken cancellationToken) =>
        Database.ReadAsync<IReadOnlyList<string>>(
        async db =>
        {
            var ids = await which(db).Select(a => a.VpsId).Distinct().ToListAsync(cancellationToken);
            ids.Sort(StringComparer.Ordinal);
            return ids;
        },
        cancellationToken);

    private static IQueryable<VpsAssignmentRow> Reaching(AuthDbContext db, long userId) => db.VpsAssignments.Where(
        a => a.UserId == userId || db.Memberships.Any(m => m.UserId == userId && m.GroupId == a.GroupId));

    private static async Task<IReadOnlyList<VpsAssignment>> ToModelsAsync(
        IQueryable<VpsAssignmentRow> rows, CancellationToken cancellationToken) => await rows
        .OrderBy(a => a.Id)
        .Select(a => new VpsAssignment
        {
            Id = a.Id,
            VpsId = a.VpsId,
            User = a.User == null ? null : new UserRef(a.User.Id, a.User.Username),
            UserDisplayName = a.User == null ? null : a.User.DisplayName,
            Group = a.Group == null ? null : new GroupRef(a.Group.Id, a.Group.Name),
            AssignedAt = a.AssignedAt,
        })
        .ToListAsync(cancellationToken);
}
