using System.Data.Common;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Invitations. A revoked one has no row.</summary>
internal sealed class SqlInvitationStore(SqlDatabase database) : IInvitationStore
{
    private static readonly SqlText Invitations = new("""
        SELECT i.id, i.prefix, i.role, i.group_id, g.name AS group_name, i.max_uses, i.uses, i.expires_at,
          i.created_by_id, i.created_by, i.created_at
        FROM invitations i LEFT JOIN groups g ON g.id = i.group_id
        """);

    public object TransactionDomain => database;

    public Task<Invitation?> FindAsync(SecretHash code, CancellationToken cancellationToken) =>
        database.ReadAsync(work => work.FindAsync($"{Invitations} WHERE i.hash = {code}", Read), cancellationToken);

    public Task<Invitation?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => FindAsync(work, id), cancellationToken);

    public Task<Page<Invitation>> ListAsync(long? createdById, PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async work => Paging.Cut(
            await work.ListAsync(
                $"""
                {Invitations} WHERE ({createdById} IS NULL OR i.created_by_id = {createdById}) AND i.id < {Paging.Below(page)}
                ORDER BY i.id DESC LIMIT {page.Limit + 1}
                """,
                Read),
            page,
            await work.NumberAsync($"SELECT COUNT(*) FROM invitations WHERE {createdById} IS NULL OR created_by_id = {createdById}"),
            invitation => invitation.Id),
        cancellationToken);

    public Task<WriteResult<Invitation>> TryCreateAsync(
        NewInvitation invitation, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                var (group, maker, now) = (invitation.GroupId, invitation.CreatedById, invitation.CreatedAt);
                work.MadeId = await work.NumberAsync($"""
                    INSERT INTO invitations (
                      hash, prefix, role, group_id, max_uses, uses, expires_at, created_by_id, created_by, created_at)
                    SELECT {invitation.Hash}, {invitation.Prefix}, {invitation.Role}, {group}, {invitation.MaxUses}, 0,
                      {invitation.ExpiresAt}, {maker}, {invitation.CreatedBy}, {now}
                    WHERE ({group} IS NULL OR EXISTS (SELECT 1 FROM groups WHERE id = {group}))
                      AND ({maker} IS NULL OR EXISTS (SELECT 1 FROM users WHERE id = {maker}))
                      AND {invitation.Limit} > (SELECT COUNT(*) FROM invitations WHERE uses < max_uses AND expires_at > {now})
                    RETURNING id
                    """);
                return work.MadeId is { } id
                    ? WriteResult<Invitation>.Done((await FindAsync(work, id))!)
                    : WriteResult<Invitation>.Lost(await WhyNotAsync(work, invitation));
            },
            cancellationToken);

    public Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work => await work.RunAsync($"DELETE FROM invitations WHERE id = {id}") == 1 ? WriteStatus.Done : WriteStatus.NotFound,
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(work => work.RunAsync($"DELETE FROM invitations WHERE expires_at < {before}"), cancellationToken);

    private static Task<Invitation?> FindAsync(SqlWork work, long id) => work.FindAsync($"{Invitations} WHERE i.id = {id}", Read);

    private static async Task<WriteStatus> WhyNotAsync(SqlWork work, NewInvitation invitation) =>
        invitation.GroupId is { } group && !await AccountRows.AreGroupsAsync(work, [group]) ? WriteStatus.GroupMissing
            : invitation.CreatedById is { } maker && await SqlUserStore.FindAsync(work, maker) is null ? WriteStatus.UserMissing
            : WriteStatus.LimitReached;

    private static Invitation Read(DbDataReader row) => new()
    {
        Id = row.Long("id"),
        Prefix = row.Text("prefix"),
        Role = (Role)row.Int("role"),
        Group = row.LongOrNull("group_id") is { } group ? new GroupRef(group, row.Text("group_name")) : null,
        MaxUses = row.Int("max_uses"),
        Uses = row.Int("uses"),
        ExpiresAt = row.Instant("expires_at"),
        CreatedById = row.LongOrNull("created_by_id"),
        CreatedBy = row.Text("created_by"),
        CreatedAt = row.Instant("created_at"),
    };
}
