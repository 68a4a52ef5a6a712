using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemorySessionStore(InMemoryDatabase database) : InMemoryStore(database), ISessionStore
{
    public Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => Read(
        data => data.Sessions.FindByKey(hash) is { } row ? data.ToCredential(row.Session.UserId, row.Session, token: null) : null,
        cancellationToken);

    public Task<IReadOnlyList<Session>> ListAsync(long userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Session>>(
        data =>
        [
            .. data.Sessions.NewestFirst.Select(row => row.Session).Where(session => session.UserId == userId && now < session.ExpiresAt),
        ],
        cancellationToken);

    public Task<int> CountAsync(DateTimeOffset now, CancellationToken cancellationToken) => Read(
        data => data.Sessions.NewestFirst.Count(row => now < row.Session.ExpiresAt),
        cancellationToken);

    public Task<WriteStatus> TryEndAsync(long id, long userId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            write.Data.Sessions = write.Data.Sessions.Without(row => row.Id == id && row.Session.UserId == userId, out var count);
            if (count == 0)
            {
                return WriteStatus.NotFound;
            }

            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<WriteCount> EndAllAsync(long userId, long? exceptId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            write.Data.Sessions = write.Data.Sessions.Without(row => row.Session.UserId == userId && row.Id != exceptId, out var count);
            write.Commit(by);
            return count;
        },
        cancellationToken);

    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken) => Write(
        write =>
        {
            foreach (var (id, seen) in lastSeen)
            {
                if (write.Data.Sessions.Find(id) is { } row && row.Session.LastSeenAt < seen)
                {
                    var session = row.Session with { LastSeenAt = Instants.Cut(seen) };
                    write.Data.Sessions = write.Data.Sessions.With(row with { Session = session });
                }
            }

            write.Commit();
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset? idleBefore, CancellationToken cancellationToken) => Write(
        write =>
        {
            write.Data.Sessions = write.Data.Sessions.Without(
                row => row.Session.ExpiresAt <= now || row.Session.LastSeenAt < idleBefore, out var count);
            write.Commit();
            return count;
        },
        cancellationToken);
}
