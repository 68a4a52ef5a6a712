using System.Data.Common;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Users, read and changed one at a time.</summary>
internal sealed class SqlUserStore(SqlDatabase database) : IUserStore
{
    // Below every time: users who never logged in come first ascending and last descending.
    private const long Never = long.MinValue;

    public object TransactionDomain => database;

    public Task<User?> FindAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(
        work => FindAsync(work, id),
        cancellationToken);

    public Task<UserDetails?> FindDetailsAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async work => await FindAsync(work, id) is { } user ? await DetailsAsync(work, user, now) : null,
        cancellationToken);

    public Task<PasswordRecord?> FindPasswordAsync(string username, CancellationToken cancellationToken) =>
        FindByAsync($"u.username_key = {Names.Fold(username)}", cancellationToken);

    public Task<PasswordRecord?> FindPasswordAsync(long id, CancellationToken cancellationToken) =>
        FindByAsync($"u.id = {id}", cancellationToken);

    public Task<Page<UserDetails>> ListAsync(
        UserQuery query, DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async work =>
        {
            var search = query.Search is null ? "" : SearchText.Fold(query.Search);
            FormattableString matching = $"""
                ({query.Role} IS NULL OR u.role = {query.Role})
                AND ({query.Ids is null} OR u.id IN (SELECT value FROM json_each({query.Ids ?? []})))
                AND ({query.IsActive} IS NULL OR u.is_active = {query.IsActive})
                AND ({query.GroupId} IS NULL OR EXISTS (
                  SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.group_id = {query.GroupId}))
                AND ({search} = '' OR instr(u.search_text, {search}) > 0)
                """;
            var total = await work.NumberAsync($"SELECT COUNT(*) FROM users u WHERE {matching}");

            // The page continues where the one before it ended, by value and id, so added and removed rows do not shift it.
            var order = OrderOf(query.Sort);
            var (way, beyond) = query.Descending ? (new SqlText("DESC"), new SqlText("<")) : (new SqlText("ASC"), new SqlText(">"));
            var after = Paging.Check(query.Page, query.OrderName);
            object? value = query.Sort == UserSort.Username ? after?.Text : after is null ? null : after.Number ?? Never;
            FormattableString rest =
                $"({after is null} = 1 OR {order} {beyond} {value} OR ({order} = {value} AND u.id {beyond} {after?.Id}))";
            var users = await work.ListAsync(
                $"""
                SELECT {Rows.UserColumns} FROM users u
                WHERE {matching} AND {rest}
                ORDER BY {order} {way}, u.id {way}
                LIMIT {query.Page.Limit + 1}
                """,
                Rows.User);
            var page = Paging.Cut(users, query.Page, total, user => CursorOf(user, query));
            var details = new List<UserDetails>();
            foreach (var user in page.Items)
            {
                details.Add(await DetailsAsync(work, user, now));
            }

            return new Page<UserDetails>(details, page.Next, page.Total);
        },
        cancellationToken);

    public Task<IReadOnlyList<User>> ListLockedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async work => (IReadOnlyList<User>)await work.ListAsync(
                $"""
                SELECT {Rows.UserColumns} FROM users u WHERE u.locked_until > {now}
                ORDER BY u.locked_until DESC, u.id LIMIT {limit}
                """,
                Rows.User),
            cancellationToken);

    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(work => work.IsAsync($"SELECT EXISTS (SELECT 1 FROM users)"), cancellationToken);

    public Task<bool> AnyAdminAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(work => work.IsAsync($"SELECT EXISTS (SELECT 1 FROM users WHERE role = {Role.Admin})"), cancellationToken);

    public Task<bool> TryCountLoginAttemptAsync(long id, LockoutPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async work =>
            {
                var counted = await work.NumberAsync(
                    $"SELECT failed_logins + 1 FROM users WHERE id = {id} AND (locked_until IS NULL OR locked_until <= {now})");
                if (counted is not { } failures)
                {
                    // Locked or unknown: a row is written in any case, so that the time taken does not reveal which it was.
                    await work.RunAsync($"UPDATE decoy SET attempts = attempts + 1");
                    return false;
                }

                var until = now + policy.PauseAfter((int)failures);
                await work.RunAsync($"UPDATE users SET failed_logins = {failures}, locked_until = {until} WHERE id = {id}");
                return true;
            },
            cancellationToken);

    public Task ClearLoginFailuresAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync(work => UnlockAsync(work, id), cancellationToken);

    public Task<bool> TryRehashAsync(long id, string oldHash, string newHash, CancellationToken cancellationToken) => database.WriteAsync(
        async work => await work.RunAsync(
            $"UPDATE users SET password_hash = {newHash} WHERE id = {id} AND password_hash = {oldHash}") == 1,
        cancellationToken);

    public Task<WriteStatus> TryUnlockAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work => await UnlockAsync(work, id) == 1 ? WriteStatus.Done : WriteStatus.NotFound,
        cancellationToken);

    internal static Task<User?> FindAsync(SqlWork work, long id) =>
        work.FindAsync($"SELECT {Rows.UserColumns} FROM users u WHERE u.id = {id}", Rows.User);

    /// <summary>The user with groups and the number of active sessions.</summary>
    internal static async Task<UserDetails> DetailsAsync(SqlWork work, User user, DateTimeOffset now) => new(
        user,
        await work.ListAsync(
            $"""
            SELECT g.id, g.name FROM memberships m JOIN groups g ON g.id = m.group_id
            WHERE m.user_id = {user.Id} ORDER BY g.name_key
            """,
            row => new GroupRef(row.Long("id"), row.Text("name"))),
        (int)(await work.NumberAsync($"SELECT COUNT(*) FROM sessions WHERE user_id = {user.Id} AND expires_at > {now}") ?? 0));

    /// <summary>The user and groups behind a credential.</summary>
    internal static async Task<CredentialRecord> CredentialAsync(
        SqlWork work, User user, Session? session = null, ApiToken? token = null, ExternalIdentity? identity = null) => new()
    {
        Session = session,
        Token = token,
        Identity = identity,
        User = user,
        GroupIds = await work.ListAsync(
            $"SELECT group_id FROM memberships WHERE user_id = {user.Id} ORDER BY group_id", row => row.Long("group_id")),
    };

    private static Task<int> UnlockAsync(SqlWork work, long id) =>
        work.RunAsync($"UPDATE users SET failed_logins = 0, locked_until = NULL WHERE id = {id}");

    private Task<PasswordRecord?> FindByAsync(FormattableString which, CancellationToken cancellationToken) => database.ReadAsync(
        work => work.FindAsync(
            $"SELECT {Rows.UserColumns}, u.password_hash FROM users u WHERE {which}",
            row => new PasswordRecord(Rows.User(row), row.Text("password_hash"))),
        cancellationToken);

    private static SqlText OrderOf(UserSort sort) => sort switch
    {
        UserSort.Username => new SqlText("u.username_key"),
        UserSort.Role => new SqlText("u.role"),
        UserSort.LastLogin => new SqlText("COALESCE(u.last_login_at, -9223372036854775808)"),
        _ => new SqlText("u.created_at"),
    };

    private static PageCursor CursorOf(User user, UserQuery query) => new()
    {
        Order = query.OrderName,
        Text = query.Sort == UserSort.Username ? Names.Fold(user.Username) : null,
        Number = query.Sort switch
        {
            UserSort.Username => null,
            UserSort.Role => (long)user.Role,
            UserSort.LastLogin => user.LastLoginAt is { } login ? Instants.ToMicroseconds(login) : null,
            _ => Instants.ToMicroseconds(user.CreatedAt),
        },
        Id = user.Id,
    };
}
