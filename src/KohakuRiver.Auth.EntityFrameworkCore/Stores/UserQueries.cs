using KohakuRiver.Auth.EntityFrameworkCore.Rows;
using KohakuRiver.Auth.Model;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.Stores;

/// <summary>Queries about users that several stores need.</summary>
internal static class UserQueries
{
    /// <summary>Users with groups by name and the number of sessions alive, in one query.</summary>
    public static IQueryable<UserDetailsRow> WithDetails(this IQueryable<UserRow> users, AuthDbContext db, DateTimeOffset now) =>
        users.Select(u => new UserDetailsRow
        {
            User = u,
            Groups = db.Memberships
                .Where(m => m.UserId == u.Id)
                .OrderBy(m => m.Group!.NameKey)
                .Select(m => new GroupRef(m.GroupId, m.Group!.Name))
                .ToList(),
            ActiveSessions = db.Sessions.Count(s => s.UserId == u.Id && s.ExpiresAt > now),
        });

    /// <summary>One user with details; inside a write.</summary>
    public static async Task<UserDetails> GetDetailsAsync(this Writing w, long id, DateTimeOffset now)
    {
        var row = await w.Db.Users.Where(u => u.Id == id).WithDetails(w.Db, now).SingleAsync(w.Ct);
        return row.ToModel();
    }

    /// <summary>Whether all these groups exist.</summary>
    public static async Task<bool> AllGroupsExistAsync(this Writing w, IReadOnlyCollection<long> ids)
    {
        var wanted = ids.Distinct().ToArray();
        return wanted.Length == 0 || await w.Db.Groups.CountAsync(g => wanted.Contains(g.Id), w.Ct) == wanted.Length;
    }

    public static Task<bool> UserExistsAsync(this Writing w, long id) => w.Db.Users.AnyAsync(u => u.Id == id, w.Ct);
}
