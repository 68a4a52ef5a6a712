using System.Data.Common;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>The assignments of VPS instances to users and groups.</summary>
internal sealed class SqlVpsAssignmentStore(SqlDatabase database) : IVpsAssignmentStore
{
    private const int MostIds = 10_000;

    public object TransactionDomain => database;

    public Task<IReadOnlyList<VpsAssignment>> ListAsync(string vpsId, CancellationToken cancellationToken) =>
        ListAsync([vpsId], cancellationToken);

    public Task<IReadOnlyList<VpsAssignment>> ListAsync(IReadOnlyCollection<string> vpsIds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vpsIds.Count, MostIds, nameof(vpsIds));
        return database.ReadAsync<IReadOnlyList<VpsAssignment>>(
            async work => await work.ListAsync(
                $"""
                SELECT a.id, a.vps_id, a.user_id, u.username, u.display_name, a.group_id, g.name, a.assigned_at
                FROM vps_assignments a LEFT JOIN users u ON u.id = a.user_id LEFT JOIN groups g ON g.id = a.group_id
                WHERE a.vps_id IN (SELECT value FROM json_each({vpsIds}))
                ORDER BY a.id
                """,
                Read),
            cancellationToken);
    }

    public Task<IReadOnlyList<string>> ListVpsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async work => await work.ListAsync(
                $"SELECT DISTINCT vps_id FROM vps_assignments ORDER BY vps_id", row => row.Text("vps_id")),
            cancellationToken);

    public Task<IReadOnlyList<string>> ListVpsOfUserAsync(long userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async work => await work.ListAsync(
                $"SELECT DISTINCT vps_id FROM vps_assignments WHERE {IsOf(userId)} ORDER BY vps_id", row => row.Text("vps_id")),
            cancellationToken);

    public Task<bool> IsAssignedAsync(string vpsId, long userId, CancellationToken cancellationToken) => database.ReadAsync(
        work => work.IsAsync($"SELECT EXISTS (SELECT 1 FROM vps_assignments WHERE vps_id = {vpsId} AND {IsOf(userId)})"),
        cancellationToken);

    public Task<WriteStatus> TryAssignAsync(
        string vpsId,
        IReadOnlyCollection<long> userIds,
        IReadOnlyCollection<long> groupIds,
        DateTimeOffset now,
        AuthorizedWrite write,
        CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work =>
        {
            if (await work.IsAsync($"""
                SELECT EXISTS (SELECT 1 FROM json_each({userIds}) wanted WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = wanted.value))
                """))
            {
                return WriteStatus.UserMissing;
            }

            if (!await AccountRows.AreGroupsAsync(work, groupIds))
            {
                return WriteStatus.GroupMissing;
            }

            // An existing assignment keeps its row.
            await work.RunAsync($"""
                INSERT INTO vps_assignments (vps_id, user_id, assigned_at)
                SELECT {vpsId}, value, {now} FROM json_each({userIds}) WHERE 1 = 1
                ON CONFLICT DO NOTHING
                """);
            await work.RunAsync($"""
                INSERT INTO vps_assignments (vps_id, group_id, assigned_at)
                SELECT {vpsId}, value, {now} FROM json_each({groupIds}) WHERE 1 = 1
                ON CONFLICT DO NOTHING
                """);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<WriteStatus> TryUnassignUserAsync(string vpsId, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        TryRemoveAsync($"vps_id = {vpsId} AND user_id = {userId}", write, cancellationToken);

    public Task<WriteStatus> TryUnassignGroupAsync(
        string vpsId, long groupId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        TryRemoveAsync($"vps_id = {vpsId} AND group_id = {groupId}", write, cancellationToken);

    public Task<WriteCount> ForgetAsync(
        string vpsId, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteCountAsync(
        write, work => work.RunAsync($"DELETE FROM vps_assignments WHERE vps_id = {vpsId}"), cancellationToken);

    /// <summary>Assigned to the user, or to a group they currently belong to.</summary>
    private static FormattableString IsOf(long userId) =>
        $"(user_id = {userId} OR group_id IN (SELECT m.group_id FROM memberships m WHERE m.user_id = {userId}))";

    private Task<WriteStatus> TryRemoveAsync(FormattableString which, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work => await work.RunAsync($"DELETE FROM vps_assignments WHERE {which}") == 1 ? WriteStatus.Done : WriteStatus.NotFound,
            cancellationToken);

    private static VpsAssignment Read(DbDataReader row)
    {
        var (user, group) = (row.LongOrNull("user_id"), row.LongOrNull("group_id"));
        return new VpsAssignment
        {
            Id = row.Long("id"),
            VpsId = row.Text("vps_id"),
            User = user is { } userId ? new UserRef(userId, row.Text("username")) : null,
            UserDisplayName = row.TextOrNull("display_name"),
            Group = group is { } groupId ? new GroupRef(groupId, row.Text("name")) : null,
            AssignedAt = row.Instant("assigned_at"),
        };
    }
}
