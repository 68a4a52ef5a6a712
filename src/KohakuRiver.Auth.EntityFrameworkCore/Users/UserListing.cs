using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Filters, orders and cursors of the list of users.</summary>
internal static class UserListing
{
    public static IQueryable<UserRow> Matching(AuthDbContext db, UserQuery query)
    {
        IQueryable<UserRow> users = db.Users;
        if (Wanted(query) is { } wanted)
        {
            // Apart from the order: the engine goes through the folded names alone, and not through all rows in the order requested.
            var found = db.Users.Where(u => u.SearchText.Contains(wanted)).Select(u => u.Id);
            users = users.Where(u => found.Contains(u.Id));
        }

        if (query.Ids is { } ids)
        {
            users = users.Where(u => ids.Contains(u.Id));
        }

        if (query.GroupId is { } groupId)
        {
            var members = db.Memberships.Where(m => m.GroupId == groupId).Select(m => m.UserId);
            users = users.Where(u => members.Contains(u.Id));
        }

        if (query.Role is { } role)
        {
            // Next to a search, ids or a group, which leave few rows, the role is written as a range: as an equality it would
            // lead SQLite, which does not know how many users have a role, to scan all of them.
            users = IsNarrow(query)
                ? users.Where(u => u.Role >= role && u.Role <= role)
                : users.Where(u => u.Role == role);
        }

        if (query.IsActive is { } isActive)
        {
            users = users.Where(u => u.IsActive == isActive);
        }

        return users;
    }

    /// <summary>The number of matching users.</summary>
    public static Task<long> CountAsync(
        AuthDbContext db, UserQuery query, IQueryable<UserRow> matching, CancellationToken cancellationToken)
    {
        if (IsNarrow(query))
        {
            return matching.LongCountAsync(cancellationToken);
        }

        IQueryable<UserCountRow> counts = db.UserCounts;
        if (query.Role is { } role)
        {
            counts = counts.Where(c => c.Role == role);
        }

        if (query.IsActive is { } isActive)
        {
            counts = counts.Where(c => c.IsActive == isActive);
        }

        return counts.SumAsync(c => c.Users, cancellationToken);
    }

    private static bool IsNarrow(UserQuery query) => Wanted(query) is not null || query.Ids is not null || query.GroupId is not null;

    private static string? Wanted(UserQuery query) =>
        query.Search is { } search && SearchText.Fold(search) is { Length: > 0 } wanted ? wanted : null;

    /// <summary>The rows after the cursor, in order.</summary>
    /// <remarks>
    /// The conditions repeat "at or after" next to "after", because engines seek in an index by the former and
    /// not by the OR of the latter.
    /// </remarks>
    public static IQueryable<UserRow> PageOf(IQueryable<UserRow> users, UserQuery query, PageCursor? cursor) =>
        (query.Sort, query.Descending) switch
    {
        (UserSort.Username, false) => AfterName(users, cursor, descending: false).OrderBy(u => u.UsernameKey),
        (UserSort.Username, true) => AfterName(users, cursor, descending: true).OrderByDescending(u => u.UsernameKey),
        (UserSort.Role, false) => AfterRole(users, cursor, descending: false).OrderBy(u => u.Role).ThenBy(u => u.Id),
        (UserSort.Role, true) => AfterRole(users, cursor, descending: true).OrderByDescending(u => u.Role).ThenByDescending(u => u.Id),
        (UserSort.LastLogin, false) => AfterLogin(users, cursor, descending: false).OrderBy(u => u.LastLoginAt).ThenBy(u => u.Id),
        (UserSort.LastLogin, true) => AfterLogin(users, cursor, descending: true).OrderByDescending(u => u.LastLoginAt)
            .ThenByDescending(u => u.Id),
        (_, false) => AfterCreation(users, cursor, descending: false).OrderBy(u => u.CreatedAt).ThenBy(u => u.Id),
        (_, true) => AfterCreation(users, cursor, descending: true).OrderByDescending(u => u.CreatedAt).ThenByDescending(u => u.Id),
    };

    public static PageCursor CursorAt(UserRow row, UserQuery query) => new()
    {
        Order = query.OrderName,
        Id = row.Id,
        Text = query.Sort == UserSort.Username ? row.UsernameKey : null,
        Number = query.Sort switch
        {
            UserSort.Username => null,
            UserSort.Role => (long)row.Role,
            UserSort.LastLogin => row.LastLoginAt == UserRow.NeverLoggedIn ? null : Instants.ToMicroseconds(row.LastLoginAt),
            _ => Instants.ToMicroseconds(row.CreatedAt),
        },
    };

    private static IQueryable<UserRow> AfterName(IQueryable<UserRow> users, PageCursor? cursor, bool descending)
    {
        if (cursor is null)
        {
            return users;
        }

        // Keys are unique, so there are no ties to break.
        var key = cursor.Text ?? "";
        return descending
            ? users.Where(u => string.Compare(u.UsernameKey, key) < 0)
            : users.Where(u => string.Compare(u.UsernameKey, key) > 0);
    }

    private static IQueryable<UserRow> AfterRole(IQueryable<UserRow> users, PageCursor? cursor, bool descending)
    {
        if (cursor is null)
        {
            return users;
        }

        var role = (Role)(int)(cursor.Number ?? 0);
        return descending
            ? users.Where(u => u.Role <= role && (u.Role < role || u.Id < cursor.Id))
            : users.Where(u => u.Role >= role && (u.Role > role || u.Id > cursor.Id));
    }

    private static IQueryable<UserRow> AfterLogin(IQueryable<UserRow> users, PageCursor? cursor, bool descending)
    {
        if (cursor is null)
        {
            return users;
        }

        var at = cursor.Number is { } number ? Nearest(number) : UserRow.NeverLoggedIn;
        return descending
            ? users.Where(u => u.LastLoginAt <= at && (u.LastLoginAt < at || u.Id < cursor.Id))
            : users.Where(u => u.LastLoginAt >= at && (u.LastLoginAt > at || u.Id > cursor.Id));
    }

    private static IQueryable<UserRow> AfterCreation(IQueryable<UserRow> users, PageCursor? cursor, bool descending)
    {
        if (cursor is null)
        {
            return users;
        }

        var at = Nearest(cursor.Number ?? 0);
        return descending
            ? users.Where(u => u.CreatedAt <= at && (u.CreatedAt < at || u.Id < cursor.Id))
            : users.Where(u => u.CreatedAt >= at && (u.CreatedAt > at || u.Id > cursor.Id));
    }

    // A cursor is only a position in the list; one beyond all instants is at its end.
    private static DateTimeOffset Nearest(long microseconds) =>
        Instants.TryFromMicroseconds(microseconds, out var at) ? at : microseconds < 0 ? DateTimeOffset.MinValue : Instants
            .Cut(DateTimeOffset.MaxValue);
}
