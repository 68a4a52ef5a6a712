using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryIdentityStore(InMemoryDatabase database) : InMemoryStore(database), IIdentityStore
{
    public Task<CredentialRecord?> FindAsync(IdentityKey key, CancellationToken cancellationToken) => Read(
        data => data.Identities.FindByKey(key) is { } row ? data.ToCredential(row.Identity.UserId, identity: row.Identity) : null,
        cancellationToken);

    public Task<IReadOnlyList<ExternalIdentity>> ListAsync(long userId, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ExternalIdentity>>(data => [.. Of(data, userId)], cancellationToken);

    public Task<WriteResult<UserDetails>> TryCreateUserAsync(
        NewUser user, NewIdentity identity, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Identities.FindByKey(identity.Key) is not null)
            {
                return WriteResult<UserDetails>.Lost(WriteStatus.IdentityTaken);
            }

            if (InMemoryAccountStore.Hindrance(data, user, user.GroupIds) is { } lost)
            {
                return WriteResult<UserDetails>.Lost(lost);
            }

            var row = data.AddUser(user, user.Role, user.GroupIds, lastLogin: null);
            data.AddIdentity(row.Id, identity);
            write.Commit(by, row.Id);
            return WriteResult<UserDetails>.Done(data.ToDetails(row, user.CreatedAt));
        },
        cancellationToken);

    public Task<WriteResult<ExternalIdentity>> TryLinkAsync(
        long userId, NewIdentity identity, string? verifiedHash, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            WriteStatus? lost = data.Users.Find(userId) is not { } user ? WriteStatus.NotFound
                : verifiedHash is not null && user.PasswordHash != verifiedHash ? WriteStatus.Conflict
                : data.Identities.FindByKey(identity.Key) is not null ? WriteStatus.IdentityTaken
                : Of(data, userId).Any(i => i.Provider == identity.Provider) ? WriteStatus.SecondIdentity
                : null;
            if (lost is { } status)
            {
                return WriteResult<ExternalIdentity>.Lost(status);
            }

            var made = data.AddIdentity(userId, identity);
            write.Commit(by, made.Id);
            return WriteResult<ExternalIdentity>.Done(made);
        },
        cancellationToken);

    public Task<WriteStatus> TryUnlinkAsync(long id, long userId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Identities.Find(id)?.Identity.UserId != userId)
            {
                return WriteStatus.NotFound;
            }

            if (data.Users.Find(userId)!.PasswordHash == PasswordRecord.NoPassword && Of(data, userId).Count() == 1)
            {
                return WriteStatus.LastWayIn;
            }

            data.Identities = data.Identities.Without(row => row.Id == id);
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken) => Write(
        write =>
        {
            foreach (var (id, seen) in lastSeen)
            {
                if (write.Data.Identities.Find(id) is { } row && !(row.Identity.SeenAt >= seen))
                {
                    write.Data.Identities = write.Data.Identities.With(
                        new IdentityRow(row.Identity with { SeenAt = Instants.Cut(seen) }));
                    var user = write.Data.Users.Find(row.Identity.UserId)!;
                    if (!(user.User.LastLoginAt >= seen))
                    {
                        write.Data.Users = write.Data.Users.With(
                            user with { User = user.User with { LastLoginAt = Instants.Cut(seen) } });
                    }
                }
            }

            write.Commit();
        },
        cancellationToken);

    private static IEnumerable<ExternalIdentity> Of(MemoryData data, long userId) =>
        data.Identities.Rows.Select(row => row.Identity).Where(identity => identity.UserId == userId);
}
