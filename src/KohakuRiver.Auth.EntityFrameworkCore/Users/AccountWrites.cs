using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Steps shared by several verbs of the account store; all run inside the verb's transaction.</summary>
internal static class AccountWrites
{
    /// <summary>Adds a user with groups. Lost: <see cref="WriteStatus.NameTaken"/>, <see cref="WriteStatus.GroupMissing"/>.</summary>
    public static async Task<(WriteStatus Status, long Id)> TryAddUserAsync(
        WriteTransaction w, NewUser user, Role role, IReadOnlyCollection<long> groupIds, DateTimeOffset? lastLoginAt = null)
    {
        var row = new UserRow
        {
            Username = user.Username,
            UsernameKey = TextKey.Of(user.Username),
            DisplayName = user.DisplayName,
            DisplayNameKey = TextKey.Of(user.DisplayName),
            SearchText = SearchText.Of(user.Username, user.DisplayName),
            Role = role,
            IsActive = true,
            PasswordHash = user.PasswordHash,
            MustChangePassword = user.MustChangePassword,
            CreatedAt = Instants.Cut(user.CreatedAt),
            LastLoginAt = lastLoginAt is { } at ? Instants.Cut(at) : UserRow.NeverLoggedIn,
        };
        w.Db.Users.Add(row);

        // The user is inserted alone, so that only the unique name can refuse it.
        if (!await w.TrySaveAsync())
        {
            return (WriteStatus.NameTaken, 0);
        }

        if (!await w.AllGroupsExistAsync(groupIds))
        {
            return (WriteStatus.GroupMissing, 0);
        }

        if (groupIds.Count > 0)
        {
            w.Db.Memberships.AddRange(groupIds.Distinct().Select(id => new MembershipRow { UserId = row.Id, GroupId = id }));
            await w.SaveAsync();
        }

        w.MadeId = row.Id.ToString(CultureInfo.InvariantCulture);
        return (WriteStatus.Done, row.Id);
    }

    /// <summary>Adds a user and logs them in.</summary>
    public static async Task<WriteResult<AccountLogin>> RegisterAsync(
        WriteTransaction w, NewUser user, Role role, IReadOnlyCollection<long> groupIds, NewSession session)
    {
        var (status, id) = await TryAddUserAsync(w, user, role, groupIds, session.CreatedAt);
        if (status != WriteStatus.Done)
        {
            return WriteResult<AccountLogin>.Lost(status);
        }

        var made = await AddSessionAsync(w, id, session);
        return WriteResult<AccountLogin>.Done(new AccountLogin(await w.GetDetailsAsync(id, session.CreatedAt), made));
    }

    /// <summary>Adds a session, ends the one it replaces and the oldest beyond the limit.</summary>
    public static async Task<Session> AddSessionAsync(WriteTransaction w, long userId, NewSession session)
    {
        if (session.Replaces is { } replaced)
        {
            var hash = replaced.Bytes;
            await w.Db.Sessions.Where(s => s.Hash == hash).ExecuteDeleteAsync(w.Ct);
        }

        var row = new SessionRow
        {
            UserId = userId,
            Hash = session.Hash.Bytes,
            CreatedAt = Instants.Cut(session.CreatedAt),
            LastSeenAt = Instants.Cut(session.CreatedAt),
            ExpiresAt = Instants.Cut(session.ExpiresAt),
            IpAddress = session.IpAddress,
            UserAgent = session.UserAgent,
        };
        w.Db.Sessions.Add(row);
        await w.SaveAsync();

        // Expired ones do not count.
        var now = session.CreatedAt;
        var tooMany = await w.Db.Sessions
            .Where(s => s.UserId == userId && s.ExpiresAt > now && s.Id != row.Id)
            .OrderByDescending(s => s.CreatedAt)
            .ThenByDescending(s => s.Id)
            .Select(s => s.Id)
            .Skip(Math.Max(session.Limit, 1) - 1)
            .ToListAsync(w.Ct);
        if (tooMany.Count > 0)
        {
            await w.Db.Sessions.Where(s => tooMany.Contains(s.Id)).ExecuteDeleteAsync(w.Ct);
        }

        return row.ToModel();
    }

    /// <summary>Ends all sessions of a user but one.</summary>
    public static Task EndSessionsAsync(WriteTransaction w, long userId, long exceptId = 0) =>
        w.Db.Sessions.Where(s => s.UserId == userId && s.Id != exceptId).ExecuteDeleteAsync(w.Ct);

    /// <summary>Ends everything that an old password or a stolen link could still give access to.</summary>
    public static Task CloseResetCodesAsync(WriteTransaction w, long userId) =>
        w.Db.Codes.Where(c => c.UserId == userId && c.Purpose == CodePurpose.PasswordReset).ExecuteDeleteAsync(w.Ct);

    /// <summary>Adds the code by which a new user sets the first password.</summary>
    public static Task AddCodeAsync(WriteTransaction w, long userId, NewPasswordCode code)
    {
        w.Db.Codes.Add(new CodeRow
        {
            Hash = code.Hash.Bytes,
            Purpose = CodePurpose.PasswordReset,
            UserId = userId,
            ExpiresAt = Instants.Cut(code.ExpiresAt),
        });
        return w.SaveAsync();
    }

    /// <summary>Sets a password without the old one. False when the user does not exist.</summary>
    public static async Task<bool> SetPasswordAsync(WriteTransaction w, long userId, string newHash, bool mustChange)
    {
        // Before the new hash: whoever knew the old password may have linked one, while in an account without any the identity was there
        // first.
        await w.Db.Identities
            .Where(i => i.UserId == userId && i.User!.PasswordHash != PasswordRecord.NoPassword)
            .ExecuteDeleteAsync(w.Ct);
        if (await w.Db.Users
            .Where(u => u.Id == userId)
            .ExecuteUpdateAsync(
                s => s.SetProperty(u => u.PasswordHash, newHash)
                    .SetProperty(u => u.MustChangePassword, mustChange)
                    .SetProperty(u => u.FailedLogins, 0)
                    .SetProperty(u => u.LockedUntil, (DateTimeOffset?)null),
                w.Ct) == 0)
        {
            return false;
        }

        await EndSessionsAsync(w, userId);
        await w.Db.Tokens.Where(t => t.UserId == userId).ExecuteDeleteAsync(w.Ct);
        await CloseResetCodesAsync(w, userId);
        return true;
    }
}
