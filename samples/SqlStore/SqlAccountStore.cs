using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>The verbs that span several tables.</summary>
internal sealed class SqlAccountStore(SqlDatabase database) : IAccountStore
{
    public object TransactionDomain => database;

    public Task<WriteResult<UserDetails>> TryCreateUserAsync(NewUser user, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                if (await AccountRows.AddUserAsync(work, user, user.Role, user.GroupIds, lastLogin: null) is { } lost)
                {
                    return WriteResult<UserDetails>.Lost(lost);
                }

                var id = work.MadeId!.Value;
                if (user.PasswordCode is { } code)
                {
                    await work.RunAsync($"""
                        INSERT INTO codes (hash, purpose, user_id, expires_at)
                        VALUES ({code.Hash}, {CodePurpose.PasswordReset}, {id}, {code.ExpiresAt})
                        """);
                }

                return WriteResult<UserDetails>.Done(await DetailsAsync(work, id, user.CreatedAt));
            },
            cancellationToken);

    public Task<WriteResult<AccountLogin>> TryRegisterAsync(
        NewUser user, NewSession session, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        work => RegisterAsync(work, user, user.Role, user.GroupIds, session),
        cancellationToken);

    // <snippet:invitation>
    public Task<WriteResult<AccountLogin>> TryRegisterWithInvitationAsync(
        NewUser user,
        SecretHash code,
        Role minimumMakerRole,
        NewSession session,
        AuthorizedWrite write,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                // One statement takes the use or does not: of many callers for the last use, one changes the row.
                var taken = await work.FindAsync(
                    $"""
                    UPDATE invitations SET uses = uses + 1
                    WHERE hash = {code} AND uses < max_uses AND expires_at > {user.CreatedAt}
                      AND (created_by_id IS NULL OR EXISTS (
                        SELECT 1 FROM users m WHERE m.id = created_by_id AND m.is_active = 1 AND m.role >= {minimumMakerRole}))
                    RETURNING role, group_id
                    """,
                    row => Tuple.Create((Role)row.Int("role"), row.LongOrNull("group_id")));
                return taken is null
                    ? WriteResult<AccountLogin>.Lost(WriteStatus.CodeClosed)
                    : await RegisterAsync(work, user, taken.Item1, taken.Item2 is { } group ? [group] : [], session);
            },
            cancellationToken);
    // </snippet:invitation>

    public Task<WriteResult<AccountLogin>> TryRegisterFirstAdminAsync(
        NewUser user, SecretHash? setupCode, NewSession session, AuthorizedWrite write, CancellationToken cancellationToken)
        => database.WriteAsync(
        write,
        async work =>
        {
            if (await work.IsAsync($"SELECT EXISTS (SELECT 1 FROM users WHERE role = {Role.Admin})"))
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.AdminExists);
            }

            if (setupCode is { } code && await work.RunAsync(
                $"DELETE FROM codes WHERE hash = {code} AND purpose = {CodePurpose.Setup} AND expires_at > {user.CreatedAt}") == 0)
            {
                return WriteResult<AccountLogin>.Lost(WriteStatus.CodeClosed);
            }

            return await RegisterAsync(work, user, Role.Admin, user.GroupIds, session);
        },
        cancellationToken);

    public Task<WriteResult<AccountLogin>> TryLogInAsync(
        long userId, string verifiedHash, NewSession session, AuthorizedWrite write, CancellationToken cancellationToken)
        => database.WriteAsync(
        write,
        async work => await work.RunAsync($"""
            UPDATE users SET last_login_at = {session.CreatedAt}, failed_logins = 0, locked_until = NULL
            WHERE id = {userId} AND is_active = 1 AND password_hash = {verifiedHash}
            """) == 0
            ? WriteResult<AccountLogin>.Lost(WriteStatus.Conflict)
            : await LoggedInAsync(work, userId, session),
        cancellationToken);

    public Task<WriteResult<UserDetails>> TryUpdateUserAsync(
        long id, UserChange change, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work =>
        {
            var search = change.DisplayName is { } name && await SqlUserStore.FindAsync(work, id) is { } user
                ? SearchText.Of(user.Username, name)
                : null;
            var changed = await work.RunAsync($"""
                UPDATE users SET
                  display_name = COALESCE({change.DisplayName}, display_name), search_text = COALESCE({search}, search_text),
                  language = NULLIF(COALESCE({change.Language}, language), ''),
                  role = COALESCE({change.Role}, role), is_active = COALESCE({change.IsActive}, is_active),
                  must_change_password = COALESCE({change.MustChangePassword}, must_change_password)
                WHERE id = {id} AND {AccountRows.KeepsAnAdmin(change.Role, change.IsActive)}
                """);
            if (changed == 0)
            {
                return WriteResult<UserDetails>.Lost(await WhyNotAsync(work, id));
            }

            if (!await ChangeGroupsAsync(work, id, change))
            {
                return WriteResult<UserDetails>.Lost(WriteStatus.GroupMissing);
            }

            if (change.IsActive == false)
            {
                await work.RunAsync($"DELETE FROM sessions WHERE user_id = {id}");
            }

            return WriteResult<UserDetails>.Done(await DetailsAsync(work, id, now));
        },
        cancellationToken);

    public Task<WriteStatus> TryChangePasswordAsync(
        long id, string verifiedHash, string newHash, long keepSessionId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                if (await work.RunAsync($"""
                    UPDATE users SET password_hash = {newHash}, must_change_password = 0, failed_logins = 0, locked_until = NULL
                    WHERE id = {id} AND password_hash = {verifiedHash}
                    """) == 0)
                {
                    return WriteStatus.Conflict;
                }

                await work.RunAsync($"DELETE FROM sessions WHERE user_id = {id} AND id <> {keepSessionId}");
                await AccountRows.CloseResetCodesAsync(work, id);
                return WriteStatus.Done;
            },
            cancellationToken);

    public Task<WriteStatus> TrySetPasswordAsync(
        long id, string newHash, bool mustChange, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                if (await SqlUserStore.FindAsync(work, id) is null)
                {
                    return WriteStatus.NotFound;
                }

                await AccountRows.SetPasswordAsync(work, id, newHash, mustChange);
                return WriteStatus.Done;
            },
            cancellationToken);

    public Task<WriteResult<User>> TryResetPasswordAsync(
        SecretHash code, string newHash, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken)
        => database.WriteAsync(
        write,
        async work =>
        {
            var taken = await work.NumberAsync($"""
                DELETE FROM codes WHERE hash = {code} AND purpose = {CodePurpose.PasswordReset} AND expires_at > {now}
                RETURNING user_id
                """);
            if (taken is not { } id)
            {
                return WriteResult<User>.Lost(WriteStatus.CodeClosed);
            }

            await AccountRows.SetPasswordAsync(work, id, newHash, mustChange: false);
            return WriteResult<User>.Done((await SqlUserStore.FindAsync(work, id))!);
        },
        cancellationToken);

    public Task<WriteResult<User>> TryDeleteUserAsync(
        long id, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work =>
        {
            // Foreign keys delete what belongs to the user, and clear the user's ids in approvals.
            var user = await SqlUserStore.FindAsync(work, id);
            var keepsAnAdmin = AccountRows.KeepsAnAdmin(Role.Anony, isActive: false);
            return await work.RunAsync($"DELETE FROM users WHERE id = {id} AND {keepsAnAdmin}") == 0
                ? WriteResult<User>.Lost(await WhyNotAsync(work, id))
                : WriteResult<User>.Done(user!);
        },
        cancellationToken);

    private static async Task<WriteResult<AccountLogin>> RegisterAsync(
        SqlWork work, NewUser user, Role role, IReadOnlyCollection<long> groups, NewSession session) =>
        await AccountRows.AddUserAsync(work, user, role, groups, session.CreatedAt) is { } lost
            ? WriteResult<AccountLogin>.Lost(lost)
            : await LoggedInAsync(work, work.MadeId!.Value, session);

    private static async Task<WriteResult<AccountLogin>> LoggedInAsync(SqlWork work, long userId, NewSession session)
    {
        var made = await AccountRows.AddSessionAsync(work, userId, session);
        return WriteResult<AccountLogin>.Done(new AccountLogin(await DetailsAsync(work, userId, session.CreatedAt), made));
    }

    /// <summary>Changes memberships; false where a group that is named is missing.</summary>
    private static async Task<bool> ChangeGroupsAsync(SqlWork work, long id, UserChange change)
    {
        if (change.GroupIds is { } all)
        {
            await work.RunAsync($"DELETE FROM memberships WHERE user_id = {id} AND group_id NOT IN (SELECT value FROM json_each({all}))");
        }

        var removed = change.RemoveGroupIds ?? [];
        await work.RunAsync($"DELETE FROM memberships WHERE user_id = {id} AND group_id IN (SELECT value FROM json_each({removed}))");
        return await AccountRows.AreGroupsAsync(work, removed)
            && await AccountRows.JoinAsync(work, id, change.GroupIds ?? change.AddGroupIds ?? []);
    }

    internal static async Task<UserDetails> DetailsAsync(SqlWork work, long id, DateTimeOffset now) =>
        await SqlUserStore.DetailsAsync(work, (await SqlUserStore.FindAsync(work, id))!, now);

    private static async Task<WriteStatus> WhyNotAsync(SqlWork work, long id) =>
        await SqlUserStore.FindAsync(work, id) is null ? WriteStatus.NotFound : WriteStatus.LastAdmin;
}
