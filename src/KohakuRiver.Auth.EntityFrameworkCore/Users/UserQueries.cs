using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Queries about users that several stores need.</summary>
internal static class UserQueries
{
    /// <summary>These users, in this order, with groups by name and the number of active sessions.</summary>
    /// <remarks>Two queries: with the groups joined, engines scan all memberships for a single user.</remarks>
    public static async Task<List<UserDetailsRow>> ReadDetailsAsync(
        this IQueryable<UserRow> users, AuthDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await users
            .Select(u => new { User = u, Sessions = db.Sessions.Count(s => s.UserId == u.Id && s.ExpiresAt > now) })
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.ConvertAll(row => row.User.Id);
        var memberships = await db.Memberships
            .Where(m => ids.Contains(m.UserId))
            .OrderBy(m => m.Group!.NameKey)
            .Select(m => new { m.UserId, Group = new GroupRef(m.GroupId, m.Group!.Name) })
            .ToListAsync(cancellationToken);
        var groups = memberships.ToLookup(m => m.UserId, m => m.Group);
        return rows.ConvertAll(row => new UserDetailsRow(row.User, [.. groups[row.User.Id]], row.Sessions));
    }

    /// <summary>One user with details, or null.</summary>
    public static async Task<UserDetails?> FindDetailsAsync(
        this AuthDbContext db, long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Users.Where(u => u.Id == id).ReadDetailsAsync(db, now, cancellationToken);
        return rows.SingleOrDefault()?.ToModel();
    }

    /// <summary>One existing user with details; inside a write.</summary>
    public static async Task<UserDetails> GetDetailsAsync(this WriteTransaction w, long id, DateTimeOffset now) =>
        await w.Db.FindDetailsAsync(id, now, w.Ct) ?? throw new InvalidOperationException("The user just written does not exist.");

    /// <summary>Whether all these groups exist.</summary>
    public static async Task<bool> AllGroupsExistAsync(this WriteTransaction w, IReadOnlyCollection<long> ids)
    {
        var wanted = ids.Distinct().ToArray();
        return wanted.Length == 0 || await w.Db.Groups.CountAsync(g => wanted.Contains(g.Id), w.Ct) == wanted.Length;
    }

    public static Task<bool> UserExistsAsync(this WriteTransaction w, long id) => w.Db.Users.AnyAsync(u => u.Id == id, w.Ct);
}
