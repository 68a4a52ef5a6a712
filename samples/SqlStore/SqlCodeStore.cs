using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>One-use codes. A used one has no row.</summary>
internal sealed class SqlCodeStore(SqlDatabase database) : ICodeStore
{
    public object TransactionDomain => database;

    public Task<WriteStatus> TryReplaceAsync(
        OneUseCode code, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work =>
        {
            var user = code.User?.Id;
            await work.RunAsync($"""
                DELETE FROM codes WHERE purpose = {code.Purpose} AND (user_id = {user} OR user_id IS NULL AND {user} IS NULL)
                """);
            return await work.RunAsync($"""
                INSERT INTO codes (hash, purpose, user_id, expires_at)
                SELECT {code.Hash}, {code.Purpose}, {user}, {code.ExpiresAt}
                WHERE {user} IS NULL OR EXISTS (SELECT 1 FROM users WHERE id = {user})
                """) == 1 ? WriteStatus.Done : WriteStatus.UserMissing;
        },
        cancellationToken);

    public Task<OneUseCode?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => database.ReadAsync(
        work => work.FindAsync(
            $"""
            SELECT c.purpose, c.expires_at, c.user_id, u.username
            FROM codes c LEFT JOIN users u ON u.id = c.user_id WHERE c.hash = {hash}
            """,
            row => new OneUseCode
            {
                Hash = hash,
                Purpose = (CodePurpose)row.Int("purpose"),
                User = row.LongOrNull("user_id") is { } id ? new UserRef(id, row.Text("username")) : null,
                ExpiresAt = row.Instant("expires_at"),
            }),
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(work => work.RunAsync($"DELETE FROM codes WHERE expires_at <= {now}"), cancellationToken);
}
