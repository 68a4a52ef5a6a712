using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <content>Making accounts.</content>
internal sealed partial class EfAccountStore(AuthDatabase database) : EfStore(database), IAccountStore
{
    /// <inheritdoc />
    public Task<WriteResult<UserDetails>> TryCreateUserAsync(NewUser user, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [],
        async w =>
        {
            var (status, id) = await AccountWrites.TryAddUserAsync(w, user, user.Role, user.GroupIds);
            return status == WriteStatus.Done
                ? WriteResult<UserDetails>.Done(await w.GetDetailsAsync(id, user.CreatedAt))
                : WriteResult<UserDetails>.Lost(status);
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

            // Selector and guard are one statement; taking the use also locks the invitation until the end.
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
                if (await w.Db.Codes.Where(c => c.Hash == hash && c.Purpose == CodePurpose.Setup && c.ExpiresAt > now).ExecuteDeleteAsync(w.Ct) == 0)
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
}
