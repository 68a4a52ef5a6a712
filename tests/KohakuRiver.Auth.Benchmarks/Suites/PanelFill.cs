using System.Globalization;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>
/// What the pages of the panel show, beside the users, tokens and approvals of <see cref="ScaleFill"/>: groups and their members, sessions,
/// tokens that end, locked accounts and the audit log of the last thirty days.
/// </summary>
internal static class PanelFill
{
    public const int Groups = 40;
    private const string NoLimits = "{}";
    private const int Days = 30;
    private const long DayLength = 86_400_000_000;

    /// <summary>The statements for SQLite.</summary>
    /// <param name="users">How many users there are already.</param>
    /// <param name="entries">How many entries the audit log gets.</param>
    /// <param name="now">The time, in microseconds.</param>
    public static IEnumerable<string> Sqlite(int users, int entries, long now) =>
    [
        "BEGIN",
        Invariant($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Groups})
            INSERT INTO kohaku_groups (name, name_key, description, tier, limits, created_at)
            SELECT printf('Group %03d', i), printf('GROUP %03d', i), 'Somebody''s group', i % 3, '{NoLimits}', {now - DayLength} FROM n
            """),
        Invariant($"""
            INSERT INTO kohaku_memberships (user_id, group_id)
            SELECT id, 1 + id % {Groups} FROM kohaku_users WHERE id % 3 = 0
            UNION ALL SELECT id, 1 + (id + 7) % {Groups} FROM kohaku_users WHERE id % 9 = 0
            """),
        Invariant($"""
            INSERT INTO kohaku_sessions (user_id, hash, created_at, last_seen_at, expires_at, ip_address, user_agent)
            SELECT id, randomblob(32), {now - DayLength}, {now}, {now + (7 * DayLength)}, '192.0.2.7', 'Mozilla/5.0 (X11; Linux x86_64)'
            FROM kohaku_users WHERE id % 5 = 0
            """),
        Invariant($"""
            UPDATE kohaku_tokens SET prefix = 'krt_' || printf('%04x', id * 7919 % 65536),
                expires_at = CASE WHEN id % 10 = 0 THEN {now} + id % 365 * {DayLength} END
            """),

        // A hundredth had a wrong password once; a few are still waiting.
        Invariant($"UPDATE kohaku_users SET failed_logins = 5, locked_until = {now - DayLength} WHERE id % 100 = 0"),
        Invariant($"UPDATE kohaku_users SET failed_logins = 9, locked_until = {now + DayLength} WHERE id % {users / 4} = 1"),
        Invariant($"UPDATE kohaku_users SET is_active = 0 WHERE id % 50 = 3"),
        Invariant($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {entries})
            INSERT INTO kohaku_audit (at, actor_id, actor, actor_key, credential, ip_address, action, action_key, target_type, target_id,
                target_id_key, target, target_key, outcome, operation_id)
            SELECT {now} - ({entries} - i) * {Days * DayLength / entries}, 1 + i * 31 % {users},
                printf('user%07d', 1 + i * 31 % {users}), printf('USER%07d', 1 + i * 31 % {users}),
                CASE WHEN i % 5 = 0 THEN 'token:' || (1 + (i * 31 % {users}) * 3) ELSE 'session:' || i END, '192.0.2.7',
                CASE i % 4 WHEN 0 THEN 'user.update' WHEN 1 THEN 'token.create' ELSE 'auth.login' END,
                CASE i % 4 WHEN 0 THEN 'USER.UPDATE' WHEN 1 THEN 'TOKEN.CREATE' ELSE 'AUTH.LOGIN' END,
                'user', 1 + i * 17 % {users}, 1 + i * 17 % {users},
                printf('user%07d', 1 + i * 17 % {users}), printf('USER%07d', 1 + i * 17 % {users}), i % 40 = 2,
                printf('00000000-0000-7000-8000-%012d', i)
            FROM n
            """),
        "COMMIT",
    ];

    /// <summary>The same for PostgreSQL.</summary>
    /// <param name="users">How many users there are already.</param>
    /// <param name="entries">How many entries the audit log gets.</param>
    public static IEnumerable<string> PostgreSql(int users, int entries) =>
    [
        Invariant($"""
            INSERT INTO kohaku_groups (name, name_key, description, tier, limits, created_at)
            SELECT 'Group ' || lpad(i::text, 3, '0'), 'GROUP ' || lpad(i::text, 3, '0'), 'Somebody''s group', i % 3, '{NoLimits}', now()
            FROM generate_series(1, {Groups}) i
            """),
        Invariant($"""
            INSERT INTO kohaku_memberships (user_id, group_id)
            SELECT id, 1 + id % {Groups} FROM kohaku_users WHERE id % 3 = 0
            UNION ALL SELECT id, 1 + (id + 7) % {Groups} FROM kohaku_users WHERE id % 9 = 0
            """),
        """
            INSERT INTO kohaku_sessions (user_id, hash, created_at, last_seen_at, expires_at, ip_address, user_agent)
            SELECT id, sha256(('session' || id)::bytea), now() - interval '1 day', now(), now() + interval '7 days', '192.0.2.7',
                'Mozilla/5.0 (X11; Linux x86_64)'
            FROM kohaku_users WHERE id % 5 = 0
            """,
        """
            UPDATE kohaku_tokens SET prefix = 'krt_' || lpad(to_hex(id * 7919 % 65536), 4, '0'),
                expires_at = CASE WHEN id % 10 = 0 THEN now() + id % 365 * interval '1 day' END
            """,
        "UPDATE kohaku_users SET failed_logins = 5, locked_until = now() - interval '1 day' WHERE id % 100 = 0",
        Invariant($"UPDATE kohaku_users SET failed_logins = 9, locked_until = now() + interval '1 day' WHERE id % {users / 4} = 1"),
        "UPDATE kohaku_users SET is_active = false WHERE id % 50 = 3",
        Invariant($"""
            INSERT INTO kohaku_audit (at, actor_id, actor, actor_key, credential, ip_address, action, action_key, target_type, target_id,
                target_id_key, target, target_key, outcome, operation_id)
            SELECT now() - ({entries} - i) * interval '{Days * DayLength / entries} microseconds', 1 + i * 31 % {users},
                'user' || lpad((1 + i * 31 % {users})::text, 7, '0'), 'USER' || lpad((1 + i * 31 % {users})::text, 7, '0'),
                CASE WHEN i % 5 = 0 THEN 'token:' || (1 + (i * 31 % {users}) * 3) ELSE 'session:' || i END, '192.0.2.7',
                CASE i % 4 WHEN 0 THEN 'user.update' WHEN 1 THEN 'token.create' ELSE 'auth.login' END,
                CASE i % 4 WHEN 0 THEN 'USER.UPDATE' WHEN 1 THEN 'TOKEN.CREATE' ELSE 'AUTH.LOGIN' END,
                'user', 1 + i * 17 % {users}, 1 + i * 17 % {users},
                'user' || lpad((1 + i * 17 % {users})::text, 7, '0'), 'USER' || lpad((1 + i * 17 % {users})::text, 7, '0'),
                (i % 40 = 2)::int, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid
            FROM generate_series(1, {entries}) i
            """),
        """
            UPDATE kohaku_user_counts c
            SET users = (SELECT count(*) FROM kohaku_users u WHERE u.role = c.role AND u.is_active = c.is_active)
            """,
        """
            INSERT INTO kohaku_user_counts (role, is_active, users)
            SELECT role, is_active, count(*) FROM kohaku_users WHERE NOT is_active GROUP BY role, is_active
            """,
        "VACUUM ANALYZE",
    ];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
