using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfInvitationStore(AuthDatabase database) : EfStore(database), IInvitationStore
{
    /// <inheritdoc />
    public Task<Invitation?> FindAsync(SecretHash code, CancellationToken cancellationToken)
    {
        var hash = code.Bytes;
        return Database.ReadAsync(
            async db =>
                (await db.Invitations.Include(i => i.Group).SingleOrDefaultAsync(i => i.Hash == hash, cancellationToken))?.ToModel(),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<Invitation?> FindAsync(long id, CancellationToken cancellationToken) => Database.ReadAsync(
        async db => (await db.Invitations.Include(i => i.Group).SingleOrDefaultAsync(i => i.Id == id, cancellationToken))?.ToModel(),
        cancellationToken);

    /// <inheritdoc />
    public Task<Page<Invitation>> ListAsync(long? createdById, PageRequest page, CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            var before = page.IdBefore();
            var matching = createdById is { } maker ? db.Invitations.Where(i => i.CreatedById == maker) : db.Invitations;
            var rows = await matching
                .Where(i => i.Id < before)
                .OrderByDescending(i => i.Id)
                .Take(page.Limit + 1)
                .Include(i => i.Group)
                .ToListAsync(cancellationToken);
            var total = await matching.LongCountAsync(cancellationToken);
            return rows.ToPage(page.Limit, total, row => row.ToModel(), row => row.Id);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<Invitation>> TryCreateAsync(
        NewInvitation invitation, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [StoreHold.Invitations],
        async w =>
        {
            var group = invitation.GroupId is { } groupId ? await w.Db.Groups.SingleOrDefaultAsync(g => g.Id == groupId, w.Ct) : null;
            if (group is null && invitation.GroupId is not null)
            {
                return WriteResult<Invitation>.Lost(WriteStatus.GroupMissing);
            }

            if (invitation.CreatedById is { } maker && !await w.UserExistsAsync(maker))
            {
                return WriteResult<Invitation>.Lost(WriteStatus.UserMissing);
            }

            var at = invitation.CreatedAt;
            if (await w.Db.Invitations.CountAsync(i => i.ExpiresAt > at && i.Uses < i.MaxUses, w.Ct) >= invitation.Limit)
            {
                return WriteResult<Invitation>.Lost(WriteStatus.LimitReached);
            }

            var row = new InvitationRow
            {
                Hash = invitation.Hash.Bytes,
                Prefix = invitation.Prefix,
                Role = invitation.Role,
                GroupId = invitation.GroupId,
                MaxUses = invitation.MaxUses,
                ExpiresAt = Instants.Cut(invitation.ExpiresAt),
                CreatedById = invitation.CreatedById,
                CreatedBy = invitation.CreatedBy,
                CreatedAt = Instants.Cut(invitation.CreatedAt),
            };
            w.Db.Invitations.Add(row);
            await w.SaveAsync();
            row.Group = group;
            w.Db.ChangeTracker.Clear();
            w.MadeId = row.Id.ToString(CultureInfo.InvariantCulture);
            return WriteResult<Invitation>.Done(row.ToModel());
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write, [], async w => Found(await w.Db.Invitations.Where(i => i.Id == id).ExecuteDeleteAsync(w.Ct)), cancellationToken);

    /// <inheritdoc />
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Database.PruneAsync(
        w => w.Db.Invitations.Where(i => i.ExpiresAt < before).ExecuteDeleteAsync(w.Ct), cancellationToken);
}
