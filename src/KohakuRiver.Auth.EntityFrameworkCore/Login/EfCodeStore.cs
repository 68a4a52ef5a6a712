using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfCodeStore(AuthDatabase database) : EfStore(database), ICodeStore
{
    /// <inheritdoc />
    public Task<WriteStatus> TryReplaceAsync(OneUseCode code, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [StoreHold.Codes(code.User?.Id)],
        async w =>
        {
            var userId = code.User?.Id;
            if (userId is { } id && !await w.UserExistsAsync(id))
            {
                return WriteStatus.UserMissing;
            }

            await w.Db.Codes.Where(c => c.Purpose == code.Purpose && c.UserId == userId).ExecuteDeleteAsync(w.Ct);
            w.Db.Codes.Add(new CodeRow
            {
                Hash = code.Hash.Bytes,
                Purpose = code.Purpose,
                UserId = userId,
                ExpiresAt = Instants.Cut(code.ExpiresAt),
            });
            await w.SaveAsync();
            return WriteStatus.Done;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<OneUseCode?> FindAsync(SecretHash hash, CancellationToken cancellationToken)
    {
        var bytes = hash.Bytes;
        return Database.ReadAsync(
            async db =>
            {
                var row = await db.Codes
                    .Where(c => c.Hash == bytes)
                    .Select(c => new { c.Purpose, c.UserId, Username = c.User == null ? null : c.User.Username, c.ExpiresAt })
                    .SingleOrDefaultAsync(cancellationToken);
                return row is null
                    ? null
                    : new OneUseCode
                    {
                        Hash = hash,
                        Purpose = row.Purpose,
                        User = row is { UserId: { } id, Username: { } name } ? new UserRef(id, name) : null,
                        ExpiresAt = row.ExpiresAt,
                    };
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => Database.PruneAsync(
        w => w.Db.Codes.Where(c => c.ExpiresAt <= now).ExecuteDeleteAsync(w.Ct), cancellationToken);
}
