using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>What changes and deletions of accounts have in common: the last admin, the locks, the groups.</summary>
internal static class AccountChanges
{
    /// <summary>Whether the user, if an admin, is one afterwards too.</summary>
    public static bool StaysAdmin(UserChange change) => change.Role is null or Role.Admin && change.IsActive is not false;

    /// <summary>A change that reduces a user's access waits for the user's changes in progress, and then holds.</summary>
    public static IEnumerable<StoreHold> HoldsFor(long id, UserChange change)
    {
        if (!StaysAdmin(change))
        {
            yield return StoreHold.Admins;
        }

        if (change.Role is not null || change.IsActive is not null || change.MustChangePassword is not null)
        {
            yield return StoreHold.Credentials(id);
        }
    }

    /// <summary>The user, unless it is an active admin and no other one with a password is there.</summary>
    public static IQueryable<UserRow> UnlessLastAdmin(AuthDbContext db, long id) => db.Users.Where(u => u.Id == id
        && (u.Role != Role.Admin || !u.IsActive || db.Users.Any(other => other.Id != id && other.Role == Role.Admin && other.IsActive
            && other.PasswordHash != PasswordRecord.NoPassword)));

    /// <summary>Creates these the groups of the user, and no others.</summary>
    public static async Task ReplaceGroupsAsync(WriteTransaction w, long userId, IReadOnlyCollection<long> groupIds)
    {
        var wanted = groupIds.Distinct().ToArray();
        await w.Db.Memberships.Where(m => m.UserId == userId && !wanted.Contains(m.GroupId)).ExecuteDeleteAsync(w.Ct);
        var have = await w.Db.Memberships.Where(m => m.UserId == userId).Select(m => m.GroupId).ToListAsync(w.Ct);
        w.Db.Memberships.AddRange(wanted.Except(have).Select(id => new MembershipRow { UserId = userId, GroupId = id }));
        await w.SaveAsync();
    }

    /// <summary>Adds and removes single memberships; what is so already is left alone.</summary>
    public static async Task ChangeGroupsAsync(
        WriteTransaction w, long userId, IReadOnlyCollection<long> add, IReadOnlyCollection<long> remove)
    {
        if (remove.Count > 0)
        {
            await w.Db.Memberships.Where(m => m.UserId == userId && remove.Contains(m.GroupId)).ExecuteDeleteAsync(w.Ct);
        }

        if (add.Count > 0)
        {
            var have = await w.Db.Memberships.Where(m => m.UserId == userId && add.Contains(m.GroupId))
                .Select(m => m.GroupId)
                .ToListAsync(w.Ct);
            w.Db.Memberships.AddRange(add.Except(have).Select(id => new MembershipRow { UserId = userId, GroupId = id }));
            await w.SaveAsync();
        }
    }
}
