using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <content>Changing and deleting accounts.</content>
internal sealed partial class EfAccountStore
{
    /// <inheritdoc />
    public Task<WriteResult<UserDetails>> TryUpdateUserAsync(
        long id, UserChange change, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
            write,
            HoldsFor(id, change),
            async w =>
            {
                var staysAdmin = StaysAdmin(change);
                if (!await w.UserExistsAsync(id))
                {
                    return WriteResult<UserDetails>.Lost(WriteStatus.NotFound);
                }

                if (!await w.AllGroupsExistAsync([.. change.GroupIds ?? [], .. change.AddGroupIds ?? [], .. change.RemoveGroupIds ?? []]))
                {
                    return WriteResult<UserDetails>.Lost(WriteStatus.GroupMissing);
                }

                if (await (staysAdmin ? w.Db.Users.Where(u => u.Id == id) : UnlessLastAdmin(w.Db, id)).ExecuteUpdateAsync(
                    s =>
                    {
                        // A statement needs something to set, also when only the groups change.
                        s.SetProperty(u => u.Role, u => change.Role ?? u.Role);
                        if (change.IsActive is { } isActive)
                        {
                            s.SetProperty(u => u.IsActive, isActive);
                        }

                        if (change.DisplayName is { } name)
                        {
                            s.SetProperty(u => u.DisplayName, name).SetProperty(u => u.DisplayNameKey, TextKey.Of(name));
                        }
                    },
                    w.Ct) == 0)
                {
                    // Those who stay admin are refused nothing; the user was deleted since the look above.
                    return WriteResult<UserDetails>.Lost(staysAdmin ? WriteStatus.NotFound : WriteStatus.LastAdmin);
                }

                if (change.IsActive is false)
                {
                    await AccountWrites.EndSessionsAsync(w, id);
                }

                if (change.GroupIds is not null)
                {
                    await ReplaceGroupsAsync(w, id, change.GroupIds);
                }

                await ChangeGroupsAsync(w, id, change.AddGroupIds ?? [], change.RemoveGroupIds ?? []);

                return WriteResult<UserDetails>.Done(await w.GetDetailsAsync(id, now));
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryChangePasswordAsync(
        long id, string verifiedHash, string newHash, long keepSessionId, AuthorizedWrite write,
        CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [StoreHold.Credentials(id)],
        async w =>
        {
            if (await w.Db.Users
                .Where(u => u.Id == id && u.PasswordHash == verifiedHash)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(u => u.PasswordHash, newHash)
                        .SetProperty(u => u.FailedLogins, 0)
                        .SetProperty(u => u.LockedUntil, (DateTimeOffset?)null),
                    w.Ct) == 0)
            {
                return WriteStatus.Conflict;
            }

            await AccountWrites.EndSessionsAsync(w, id, keepSessionId);
            await AccountWrites.CloseResetCodesAsync(w, id);
            return WriteStatus.Done;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TrySetPasswordAsync(long id, string newHash, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [StoreHold.Credentials(id)],
        async w => await AccountWrites.SetPasswordAsync(w, id, newHash) ? WriteStatus.Done : WriteStatus.NotFound,
        cancellationToken);

    /// <inheritdoc />
    public async Task<WriteResult<User>> TryResetPasswordAsync(
        SecretHash code, string newHash, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken)
    {
        // A code never changes hands, so its user is asked before the transaction, for the lock that comes first in it.
        var hash = code.Bytes;
        var owner = await Database.ReadAsync(
            db => db.Codes.Where(c => c.Hash == hash).Select(c => c.UserId).SingleOrDefaultAsync(cancellationToken), cancellationToken);
        return await Database.WriteAsync(
            write,
            owner is { } ownerId ? [StoreHold.Credentials(ownerId)] : [],
            async w =>
            {
                var open = w.Db.Codes.Where(c => c.Hash == hash && c.Purpose == CodePurpose.PasswordReset && c.ExpiresAt > now);
                var userId = await open.Select(c => c.UserId).SingleOrDefaultAsync(w.Ct);
                if (userId is not { } id
                    || await open.ExecuteDeleteAsync(w.Ct) == 0
                    || !await AccountWrites.SetPasswordAsync(w, id, newHash))
                {
                    return WriteResult<User>.Lost(WriteStatus.CodeClosed);
                }

                var row = await w.Db.Users.SingleAsync(u => u.Id == id, w.Ct);
                return WriteResult<User>.Done(row.ToModel());
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<WriteResult<User>> TryDeleteUserAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [StoreHold.Admins, StoreHold.Credentials(id)],
        async w =>
        {
            var row = await w.Db.Users.SingleOrDefaultAsync(u => u.Id == id, w.Ct);
            if (row is null)
            {
                return WriteResult<User>.Lost(WriteStatus.NotFound);
            }

            // Everything else that goes with the user goes by the foreign keys, in this one statement.
            return await UnlessLastAdmin(w.Db, id).ExecuteDeleteAsync(w.Ct) == 1
                ? WriteResult<User>.Done(row.ToModel())
                : WriteResult<User>.Lost(WriteStatus.LastAdmin);
        },
        cancellationToken);

    private static bool StaysAdmin(UserChange change) => change.Role is null or Role.Admin && change.IsActive is not false;

    // What makes somebody less than they were waits for what they are just doing, and then holds.
    private static IEnumerable<StoreHold> HoldsFor(long id, UserChange change)
    {
        if (!StaysAdmin(change))
        {
            yield return StoreHold.Admins;
        }

        if (change.Role is not null || change.IsActive is not null)
        {
            yield return StoreHold.Credentials(id);
        }
    }

    /// <summary>The user, unless it is the only active admin.</summary>
    private static IQueryable<UserRow> UnlessLastAdmin(AuthDbContext db, long id) => db.Users.Where(u => u.Id == id
        && (u.Role != Role.Admin || !u.IsActive || db.Users.Any(other => other.Id != id && other.Role == Role.Admin && other.IsActive)));

    private static async Task ReplaceGroupsAsync(WriteTransaction w, long userId, IReadOnlyCollection<long> groupIds)
    {
        var wanted = groupIds.Distinct().ToArray();
        await w.Db.Memberships.Where(m => m.UserId == userId && !wanted.Contains(m.GroupId)).ExecuteDeleteAsync(w.Ct);
        var have = await w.Db.Memberships.Where(m => m.UserId == userId).Select(m => m.GroupId).ToListAsync(w.Ct);
        w.Db.Memberships.AddRange(wanted.Except(have).Select(id => new MembershipRow { UserId = userId, GroupId = id }));
        await w.SaveAsync();
    }

    private static async Task ChangeGroupsAsync(
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
