using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryUserStore(InMemoryDatabase database) : InMemoryStore(database), IUserStore
{
    public Task<User?> FindAsync(long id, CancellationToken cancellationToken) =>
        Read(data => data.Users.Find(id)?.User, cancellationToken);

    public Task<UserDetails?> FindDetailsAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        Read(data => data.Users.Find(id) is { } row ? data.ToDetails(row, now) : null, cancellationToken);

    public Task<PasswordRecord?> FindPasswordAsync(string username, CancellationToken cancellationToken) =>
        Read(data => ToPassword(data.Users.FindByKey(username)), cancellationToken);

    public Task<PasswordRecord?> FindPasswordAsync(long id, CancellationToken cancellationToken) =>
        Read(data => ToPassword(data.Users.Find(id)), cancellationToken);

    public Task<Page<UserDetails>> ListAsync(UserQuery query, DateTimeOffset now, CancellationToken cancellationToken) => Read(
        data =>
        {
            var order = new UserOrder(query);
            var rows = data.Users.Rows
                .Where(row => Matches(row, query))
                .OrderBy(row => order.PlaceOf(row.User), order);
            var page = MemoryPaging.Cut(
                rows,
                query.Page,
                query.OrderName,
                (row, cursor) => order.Compare(order.PlaceOf(row.User), cursor) > 0,
                row => order.PlaceOf(row.User));
            return new Page<UserDetails>([.. page.Items.Select(row => data.ToDetails(row, now))], page.Next, page.Total);
        },
        cancellationToken);

    public Task<IReadOnlyList<User>> ListLockedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => Read(
        data => (IReadOnlyList<User>)
        [
            .. data.Users.Rows.Select(row => row.User)
                .Where(user => user.LockedUntil > now)
                .OrderByDescending(user => user.LockedUntil)
                .ThenBy(user => user.Id)
                .Take(limit),
        ],
        cancellationToken);

    public Task<bool> AnyAsync(CancellationToken cancellationToken) => Read(data => data.Users.Rows.Any(), cancellationToken);

    public Task<bool> AnyAdminAsync(CancellationToken cancellationToken) =>
        Read(data => data.Users.Rows.Any(row => row.User.Role == Role.Admin), cancellationToken);

    public Task<bool> TryCountLoginAttemptAsync(long id, LockoutPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) =>
        Write(
        write =>
        {
            if (write.Data.Users.Find(id) is not { } row || now < row.User.LockedUntil)
            {
                return false;
            }

            var failures = row.User.FailedLogins + 1;
            Put(write, row with
            {
                User = row.User with { FailedLogins = failures, LockedUntil = MemoryEdits.Cut(now + policy.PauseAfter(failures)) },
            });
            return true;
        },
        cancellationToken);

    public Task ClearLoginFailuresAsync(long id, CancellationToken cancellationToken) => Write(
        write =>
        {
            if (write.Data.Users.Find(id) is { } row)
            {
                Put(write, row.Unlocked());
            }
        },
        cancellationToken);

    public Task<bool> TryRehashAsync(long id, string oldHash, string newHash, CancellationToken cancellationToken) => Write(
        write =>
        {
            if (write.Data.Users.Find(id) is not { } row || row.PasswordHash != oldHash)
            {
                return false;
            }

            Put(write, row with { PasswordHash = newHash });
            return true;
        },
        cancellationToken);

    public Task<WriteStatus> TryUnlockAsync(long id, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            if (write.Data.Users.Find(id) is not { } row)
            {
                return WriteStatus.NotFound;
            }

            Put(write, row.Unlocked());
            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    private static void Put(MemoryWrite write, UserRow row)
    {
        write.Data.Users = write.Data.Users.With(row);
        write.Commit();
    }

    private static PasswordRecord? ToPassword(UserRow? row) => row is null ? null : new PasswordRecord(row.User, row.PasswordHash);

    private static bool Matches(UserRow row, UserQuery query) =>
        (query.Role is not { } role || row.User.Role == role)
        && (query.Ids?.Contains(row.User.Id) ?? true)
        && (query.GroupId is not { } group || row.GroupIds.Contains(group))
        && (query.IsActive is not { } active || row.User.IsActive == active)
        && (query.Search is not { } search
            || SearchText.Of(row.User.Username, row.User.DisplayName).Contains(SearchText.Fold(search), StringComparison.Ordinal));
}
