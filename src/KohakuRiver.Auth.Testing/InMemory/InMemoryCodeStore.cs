using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryCodeStore(InMemoryDatabase database) : InMemoryStore(database), ICodeStore
{
    public Task<WriteStatus> TryReplaceAsync(OneUseCode code, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (code.User is { } user && data.Users.Find(user.Id) is null)
            {
                return WriteStatus.UserMissing;
            }

            var made = new CodeRow(
                data.Codes.NextId, MemoryEdits.Copy(code.Hash), code.Purpose, code.User?.Id, Instants.Cut(code.ExpiresAt));
            data.Codes = data.Codes.Without(row => row.Purpose == made.Purpose && row.UserId == made.UserId).With(made);
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<OneUseCode?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => Read(
        data => data.Codes.FindByKey(hash) is not { } row ? null : new OneUseCode
        {
            Hash = MemoryEdits.Copy(row.Hash),
            Purpose = row.Purpose,
            User = data.ToUserRef(row.UserId),
            ExpiresAt = row.ExpiresAt,
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => Write(
        write =>
        {
            write.Data.Codes = write.Data.Codes.Without(row => row.ExpiresAt <= now, out var count);
            write.Commit();
            return count;
        },
        cancellationToken);
}
