using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryInvitationStore(InMemoryDatabase database) : InMemoryStore(database), IInvitationStore
{
    public Task<Invitation?> FindAsync(SecretHash code, CancellationToken cancellationToken) =>
        Read(data => data.Invitations.FindByKey(code) is { } row ? data.ToInvitation(row) : null, cancellationToken);

    public Task<Invitation?> FindAsync(long id, CancellationToken cancellationToken) =>
        Read(data => data.Invitations.Find(id) is { } row ? data.ToInvitation(row) : null, cancellationToken);

    public Task<Page<Invitation>> ListAsync(long? createdById, PageRequest page, CancellationToken cancellationToken) => Read(
        data => MemoryPaging.Newest(
            data.Invitations.NewestFirst
                .Where(row => createdById is null || row.Invitation.CreatedById == createdById)
                .Select(data.ToInvitation),
            page,
            invitation => invitation.Id),
        cancellationToken);

    public Task<WriteResult<Invitation>> TryCreateAsync(
        NewInvitation invitation, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (Hindrance(data, invitation) is { } lost)
            {
                return WriteResult<Invitation>.Lost(lost);
            }

            var made = new InvitationRow(
                new Invitation
                {
                    Id = data.Invitations.NextId,
                    Prefix = invitation.Prefix,
                    Role = invitation.Role,
                    MaxUses = invitation.MaxUses,
                    Uses = 0,
                    ExpiresAt = Instants.Cut(invitation.ExpiresAt),
                    CreatedById = invitation.CreatedById,
                    CreatedBy = invitation.CreatedBy,
                    CreatedAt = Instants.Cut(invitation.CreatedAt),
                },
                MemoryEdits.Copy(invitation.Hash),
                invitation.GroupId);
            data.Invitations = data.Invitations.With(made);
            write.Commit(by, made.Id);
            return WriteResult<Invitation>.Done(data.ToInvitation(made));
        },
        cancellationToken);

    public Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            write.Data.Invitations = write.Data.Invitations.Without(row => row.Id == id, out var count);
            if (count == 0)
            {
                return WriteStatus.NotFound;
            }

            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Write(
        write =>
        {
            write.Data.Invitations = write.Data.Invitations.Without(row => row.Invitation.ExpiresAt < before, out var count);
            write.Commit();
            return count;
        },
        cancellationToken);

    private static WriteStatus? Hindrance(MemoryData data, NewInvitation invitation)
    {
        if (invitation.GroupId is { } group && data.Groups.Find(group) is null)
        {
            return WriteStatus.GroupMissing;
        }

        if (invitation.CreatedById is { } maker && data.Users.Find(maker) is null)
        {
            return WriteStatus.UserMissing;
        }

        var open = data.Invitations.Rows.Count(row => row.Invitation.IsOpen(invitation.CreatedAt));
        return open >= invitation.Limit ? WriteStatus.LimitReached : null;
    }
}
