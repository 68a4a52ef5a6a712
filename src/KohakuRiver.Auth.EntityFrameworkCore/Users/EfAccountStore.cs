using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfAccountStore(AuthDatabase database) : EfStore(database), IAccountStore
{
    /// <inheritdoc />
    public Task<WriteResult<UserDetails>> TryCreateUserAsync(NewUser user, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [],
        async w =>
        {
            var (status, id) = await AccountWrites.TryAddUserAsync(w, user, user.Role, user.GroupIds);
            if (status != WriteStatus.Done)
            {
                return WriteResult<UserDetails>.Lost(status);
            }

            if (user.PasswordCode is { } code)
            {
                await AccountWrites.AddCodeAsync(w, id, code);
            }

            return WriteResult<UserDetails>.Done(await w.GetDetailsAsync(id, user.CreatedAt));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<AccountLogin>> TryRegisterAsync(
        NewUser user, NewSession session, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(write, [], w => AccountWrites.RegisterAsync(w, user, user.Role, user.GroupIds, session), cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<AccountLogin>> TryRegisterWithInvitationAsync(
        NewUser user, SecretHash code, Role minimumMakerRole, NewSession session, AuthorizedWrite write,
        CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [],
        async w =>
        {
            var hash = code.Bytes;
            var now = user.CreatedAt;

            // Selector and guard are one statement; taking the use also locks the invitation until the end of the transaction.
            var taken = await w.Db.Invitations
                .Where(i => i.Hash == hash && i.Uses < i.MaxUses && i.ExpiresAt > now
                    && (i.CreatedById == null
                        || w.Db.Users.Any(u => u.Id == i.CreatedById && u.IsActive && u.Role >= minimumMakerRole)))
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.Uses, i => i.Uses + 1), w.Ct);
            if (taken == 0)
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.CodeClosed);
            }

            var gives = await w.Db.Invitations.Where(i => i.Hash == hash).Select(i => new { i.Role, i.GroupId }).SingleAsync(w.Ct);
            return await AccountWrites.RegisterAsync(w, user, gives.Role, gives.GroupId is { } groupId ? [groupId] : [], session);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<AccountLogin>> TryRegisterFirstAdminAsync(
        NewUser user, SecretHash? setupCode, NewSession session, AuthorizedWrite write,
        CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [StoreHold.Admins],
        async w =>
        {
            if (await w.Db.Users.AnyAsync(u => u.Role == Role.Admin, w.Ct))
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.AdminExists);
            }

            if (setupCode is { } code)
            {
                var hash = code.Bytes;
                var now = user.CreatedAt;
                if (await w.Db.Codes.Where(c => c.Hash == hash && c.Purpose == CodePurpose.Setup && c.ExpiresAt > now)
                    .ExecuteDeleteAsync(w.Ct) == 0)
                {
                    return WriteResult<AccountLogin>.Lost(WriteStatus.CodeClosed);
                }
            }

            return await AccountWrites.RegisterAsync(w, user, Role.Admin, user.GroupIds, session);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<AccountLogin>> TryLogInAsync(
        long userId, string verifiedHash, NewSession session, AuthorizedWrite write,
        CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [StoreHold.Credentials(userId)],
        async w =>
        {
            var at = session.CreatedAt;
            if (await w.Db.Users
                .Where(u => u.Id == userId && u.IsActive && u.PasswordHash == verifiedHash)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(u => u.LastLoginAt, at)
                        .SetProperty(u => u.FailedLogins, 0)
                        .SetProperty(u => u.LockedUntil, (DateTimeOffset?)null),
                    w.Ct) == 0)
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.Conflict);
            }

            var made = await AccountWrites.AddSessionAsync(w, userId, session);
            return WriteResult<AccountLogin>.Done(new AccountLogin(await w.GetDetailsAsync(userId, at), made));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<UserDetails>> TryUpdateUserAsync(
        long id, UserChange change, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
            write,
            AccountChanges.HoldsFor(id, change),
            async w =>
            {
                var staysAdmin = AccountChanges.StaysAdmin(change);
                if (await w.Db.Users.Where(u => u.Id == id).Select(u => u.Username).SingleOrDefaultAsync(w.Ct) is not { } username)
                {
                    return WriteResult<UserDetails>.Lost(WriteStatus.NotFound);
                }

                if (!await w.AllGroupsExistAsync([.. change.GroupIds ?? [], .. change.AddGroupIds ?? [], .. change.RemoveGroupIds ?? []]))
                {
                    return WriteResult<UserDetails>.Lost(WriteStatus.GroupMissing);
                }

                if (await (staysAdmin ? w.Db.Users.Where(u => u.Id == id) : AccountChanges.UnlessLastAdmin(w.Db, id)).ExecuteUpdateAsync(
                    s =>
                    {
                        // A statement needs something to set, even when only the groups change.
                        s.SetProperty(u => u.Role, u => change.Role ?? u.Role);
                        if (change.IsActive is { } isActive)
                        {
                            s.SetProperty(u => u.IsActive, isActive);
                        }

                        if (change.MustChangePassword is { } mustChange)
                        {
                            s.SetProperty(u => u.MustChangePassword, mustChange);
                        }

                        if (change.DisplayName is { } name)
                        {
                            s.SetProperty(u => u.DisplayName, name)
                                .SetProperty(u => u.DisplayNameKey, TextKey.Of(name))
                                .SetProperty(u => u.SearchText, SearchText.Of(username, name));
                        }

                        if (change.Language is { } language)
                        {
                            s.SetProperty(u => u.Language, language.Length == 0 ? null : language);
                        }
                    },
                    w.Ct) == 0)
                {
                    // A user who remains an admin cannot be refused here; the user was deleted since the read above.
                    return WriteResult<UserDetails>.Lost(staysAdmin ? WriteStatus.NotFound : WriteStatus.LastAdmin);
                }

                if (change.IsActive is false)
                {
                    await AccountWrites.EndSessionsAsync(w, id);
                }

                if (change.GroupIds is not null)
                {
                    await AccountChanges.ReplaceGroupsAsync(w, id, change.GroupIds);
                }

                await AccountChanges.ChangeGroupsAsync(w, id, change.AddGroupIds ?? [], change.RemoveGroupIds ?? []);

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
                        .SetProperty(u => u.MustChangePassword, false)
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
    public Task<WriteStatus> TrySetPasswordAsync(
        long id, string newHash, bool mustChange, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [StoreHold.Credentials(id)],
        async w => await AccountWrites.SetPasswordAsync(w, id, newHash, mustChange) ? WriteStatus.Done : WriteStatus.NotFound,
        cancellationToken);

    /// <inheritdoc />
    public async Task<WriteResult<User>> TryResetPasswordAsync(
        SecretHash code, string newHash, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken)
    {
        // A code never changes its user, so the user is read before the transaction, for its first lock.
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
                    || !await AccountWrites.SetPasswordAsync(w, id, newHash, mustChange: false))
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

            // Everything else is deleted by the foreign keys, in this one statement.
            return await AccountChanges.UnlessLastAdmin(w.Db, id).ExecuteDeleteAsync(w.Ct) == 1
                ? WriteResult<User>.Done(row.ToModel())
                : WriteResult<User>.Lost(WriteStatus.LastAdmin);
        },
        cancellationToken);
}
