using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Shared by the verbs of <see cref="SqlAccountStore"/>.</summary>
internal static class AccountRows
{
    /// <summary>
    /// The guard of the last active admin, as a part of the statement that changes or deletes a user: the row stays an admin, was
    /// none, or there is another with a password.
    /// </summary>
    public static FormattableString KeepsAnAdmin(Role? role, bool? isActive) => $"""
        (COALESCE({role}, role) = {Role.Admin} AND COALESCE({isActive}, is_active) = 1
         OR NOT (role = {Role.Admin} AND is_active = 1)
         OR EXISTS (SELECT 1 FROM users o WHERE o.id <> users.id AND o.role = {Role.Admin} AND o.is_active = 1
                    AND o.password_hash <> {PasswordRecord.NoPassword}))
        """;

    /// <summary>Creates a user with groups; returns the status it is lost with, or null.</summary>
    public static async Task<WriteStatus?> AddUserAsync(
        SqlWork work, NewUser user, Role role, IReadOnlyCollection<long> groups, DateTimeOffset? lastLogin)
    {
        var key = Names.Fold(user.Username);
        work.MadeId = await work.NumberAsync($"""
            INSERT INTO users (
              username, username_key, display_name, search_text, role, is_active, password_hash, created_at, last_login_at,
              must_change_password)
            SELECT {user.Username}, {key}, {user.DisplayName}, {SearchText.Of(user.Username, user.DisplayName)}, {role}, 1,
              {user.PasswordHash}, {user.CreatedAt}, {lastLogin}, {user.MustChangePassword}
            WHERE NOT EXISTS (SELECT 1 FROM users WHERE username_key = {key})
            RETURNING id
            """);
        return work.MadeId is not { } id ? WriteStatus.NameTaken
            : await JoinAsync(work, id, groups) ? null
            : WriteStatus.GroupMissing;
    }

    /// <summary>Adds a user to groups; false where one is missing.</summary>
    public static async Task<bool> JoinAsync(SqlWork work, long userId, IReadOnlyCollection<long> groups)
    {
        await work.RunAsync($"""
            INSERT INTO memberships (user_id, group_id)
            SELECT {userId}, g.id FROM groups g WHERE g.id IN (SELECT value FROM json_each({groups}))
            ON CONFLICT DO NOTHING
            """);
        return await AreGroupsAsync(work, groups);
    }

    /// <summary>Whether all of these groups exist.</summary>
    public static async Task<bool> AreGroupsAsync(SqlWork work, IReadOnlyCollection<long> groups) => !await work.IsAsync($"""
        SELECT EXISTS (SELECT 1 FROM json_each({groups}) wanted WHERE NOT EXISTS (SELECT 1 FROM groups g WHERE g.id = wanted.value))
        """);

    /// <summary>Creates a session: the replaced one ends, and the oldest active ones do where there would be too many.</summary>
    public static async Task<Session> AddSessionAsync(SqlWork work, long userId, NewSession session)
    {
        if (session.Replaces is { } replaced)
        {
            await work.RunAsync($"DELETE FROM sessions WHERE hash = {replaced}");
        }

        await work.RunAsync($"""
            DELETE FROM sessions WHERE id IN (
              SELECT id FROM sessions WHERE user_id = {userId} AND expires_at > {session.CreatedAt}
              ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET {Math.Max(session.Limit - 1, 0)})
            """);
        var id = await work.NumberAsync($"""
            INSERT INTO sessions (user_id, hash, created_at, last_seen_at, expires_at, ip_address, user_agent)
            VALUES (
              {userId}, {session.Hash}, {session.CreatedAt}, {session.CreatedAt}, {session.ExpiresAt},
              {session.IpAddress}, {session.UserAgent})
            RETURNING id
            """);
        return (await work.FindAsync($"SELECT {Rows.SessionColumns} FROM sessions s WHERE s.id = {id}", Rows.Session))!;
    }

    /// <summary>Stores a password without the old one: everything that depended on it ends, and the account is unlocked.</summary>
    public static async Task SetPasswordAsync(SqlWork work, long id, string hash, bool mustChange)
    {
        // Whoever knew the old password may have linked an identity; in an account without any it was there first.
        await work.RunAsync($"""
            DELETE FROM identities
            WHERE user_id = {id} AND EXISTS (SELECT 1 FROM users WHERE id = {id} AND password_hash <> {PasswordRecord.NoPassword})
            """);
        await work.RunAsync($"""
            UPDATE users SET password_hash = {hash}, must_change_password = {mustChange}, failed_logins = 0, locked_until = NULL
            WHERE id = {id}
            """);
        await work.RunAsync($"DELETE FROM sessions WHERE user_id = {id}");
        await work.RunAsync($"DELETE FROM tokens WHERE user_id = {id}");
        await CloseResetCodesAsync(work, id);
    }

    /// <summary>Removes the codes that would set another password.</summary>
    public static Task<int> CloseResetCodesAsync(SqlWork work, long id) =>
        work.RunAsync($"DELETE FROM codes WHERE user_id = {id} AND purpose = {CodePurpose.PasswordReset}");
}
