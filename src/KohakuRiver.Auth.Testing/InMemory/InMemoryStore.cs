using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Shared by the stores: one database, and verbs as functions over its data.</summary>
internal abstract class InMemoryStore(InMemoryDatabase database) : IKohakuStore
{
    public object TransactionDomain => database;

    protected Task<T> Read<T>(Func<MemoryData, T> read, CancellationToken cancellationToken) => database.ReadAsync(read, cancellationToken);

    protected Task<T> Write<T>(Func<MemoryWrite, T> verb, CancellationToken cancellationToken) =>
        database.WriteAsync(verb, cancellationToken);

    /// <summary>A write on an actor's behalf, which is lost when the authorizing credential no longer holds.</summary>
    protected Task<WriteResult<T>> Write<T>(AuthorizedWrite by, Func<MemoryWrite, WriteResult<T>> verb, CancellationToken cancellationToken)
        where T : class => database.WriteAsync(
            draft => Judge(draft.Data, by) is { } lost ? WriteResult<T>.Lost(lost) : verb(draft), cancellationToken);

    /// <summary>A write on an actor's behalf, which is lost when the authorizing credential no longer holds.</summary>
    protected Task<WriteStatus> Write(AuthorizedWrite by, Func<MemoryWrite, WriteStatus> verb, CancellationToken cancellationToken) =>
        database.WriteAsync(draft => Judge(draft.Data, by) ?? verb(draft), cancellationToken);

    /// <summary>A write on an actor's behalf, which is lost when the authorizing credential no longer holds.</summary>
    protected Task<WriteCount> Write(AuthorizedWrite by, Func<MemoryWrite, int> verb, CancellationToken cancellationToken) =>
        database.WriteAsync(
            draft => Judge(draft.Data, by) is { } lost ? new WriteCount(lost, 0) : WriteCount.Done(verb(draft)), cancellationToken);

    protected Task Write(Action<MemoryWrite> verb, CancellationToken cancellationToken) => database.WriteAsync(
        write =>
        {
            verb(write);
            return true;
        },
        cancellationToken);

    private static WriteStatus? Judge(MemoryData data, AuthorizedWrite by)
    {
        if (by.Credential is not { } credential)
        {
            return null;
        }

        var isAlive = credential.Kind switch
        {
            ActorKind.Session => data.Sessions.Find(credential.Id)?.Session is { } session
                && session.UserId == credential.UserId
                && by.Audit.At < session.ExpiresAt,
            ActorKind.External => data.Identities.Find(credential.Id)?.Identity.UserId == credential.UserId,
            _ => data.Tokens.Find(credential.Id)?.Token is { } token
                && token.Owner.Id == credential.UserId
                && !(token.ExpiresAt <= by.Audit.At),
        };
        return !isAlive || data.Users.Find(credential.UserId) is not { User.IsActive: true } row ? WriteStatus.ActorGone
            : AccessRules.RoleInForce(row.User.Role, row.User.MustChangePassword) < credential.Role ? WriteStatus.ActorDemoted
            : null;
    }
}
