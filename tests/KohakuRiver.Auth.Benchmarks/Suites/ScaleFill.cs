using System.Globalization;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The statements that fill a database in bulk.</summary>
/// <remarks>Counts of users are written as the triggers would have kept them: a million rows one by one is not what is measured.</remarks>
internal static class ScaleFill
{
    private const int Pending = 10_000;
    private const string NoDetails = "{}";

    // 2024-01-01, in microseconds.
    private const long Epoch = 1_704_067_200_000_000;

    public static IEnumerable<string> Sqlite(int users, int approvals) =>
    [
        "PRAGMA synchronous=OFF",
        "PRAGMA cache_size=-400000",
        "BEGIN",
        "DROP TRIGGER tr_kohaku_users_insert",
        Invariant($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {users})
            INSERT INTO kohaku_users (username, username_key, display_name, display_name_key, search_text, role, is_active,
                password_hash, created_at, last_login_at, failed_logins)
            SELECT printf('user%07d', i), printf('USER%07d', i), printf('Person %07d', i), printf('PERSON %07d', i),
                printf('USER%07d', i) || char(10) || printf('PERSON %07d', i), 1 + i % 2, 1, '*',
                {Epoch} + i * 1000000, {Epoch} + i * 1000000, 0
            FROM n
            """),
        "INSERT INTO kohaku_user_counts (role, is_active, users) SELECT role, is_active, COUNT(*) FROM kohaku_users GROUP BY role, "
            + "is_active",
        Invariant($"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {users * 3} - 1)
            INSERT INTO kohaku_tokens (user_id, hash, prefix, name, created_at)
            SELECT 1 + i / 3, randomblob(32), 'kr_00000', 'token', {Epoch} FROM n
            """),
        Invariant($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {approvals})
            INSERT INTO kohaku_approvals (task_id, task_type, command, arguments, required_cores, required_gpus, details, submitter_id,
                submitter, submitted_at, status, decided_by, decided_at, delivered_at, delivery_attempts)
            SELECT 'task' || i, 'command', 'echo', '[]', 1, '[]', '{NoDetails}', 1 + i % {users},
                printf('user%07d', 1 + i % {users}), {Epoch} + i,
                i % {approvals / Math.Min(Pending, approvals / 5)} <> 0, 'admin', {Epoch} + i,
                CASE WHEN i % {approvals / Math.Min(Pending, approvals / 5)} <> 0 THEN {Epoch} + i END, 1
            FROM n
            """),
        "COMMIT",
    ];

    public static IEnumerable<string> PostgreSql(int users, int approvals) =>
    [
        "SET session_replication_role = replica",
        Invariant($"""
            INSERT INTO kohaku_users (username, username_key, display_name, display_name_key, search_text, role, is_active,
                password_hash, created_at, last_login_at, failed_logins)
            SELECT 'user' || lpad(i::text, 7, '0'), 'USER' || lpad(i::text, 7, '0'), 'Person ' || lpad(i::text, 7, '0'),
                'PERSON ' || lpad(i::text, 7, '0'),
                'USER' || lpad(i::text, 7, '0') || chr(10) || 'PERSON ' || lpad(i::text, 7, '0'), 1 + i % 2, true, '*',
                timestamptz '2024-01-01Z' + i * interval '1 second',
                timestamptz '2024-01-01Z' + i * interval '1 second', 0
            FROM generate_series(1, {users}) i
            """),
        "INSERT INTO kohaku_user_counts (role, is_active, users) SELECT role, is_active, COUNT(*) FROM kohaku_users GROUP BY role, "
            + "is_active",
        Invariant($"""
            INSERT INTO kohaku_tokens (user_id, hash, prefix, name, created_at)
            SELECT 1 + i / 3, sha256(i::text::bytea), 'kr_00000', 'token', timestamptz '2024-01-01Z'
            FROM generate_series(0, {users * 3} - 1) i
            """),
        Invariant($"""
            INSERT INTO kohaku_approvals (task_id, task_type, command, arguments, required_cores, required_gpus, details, submitter_id,
                submitter, submitted_at, status, decided_by, decided_at, delivered_at, delivery_attempts)
            SELECT 'task' || i, 'command', 'echo', '[]', 1, '[]', '{NoDetails}', 1 + i % {users},
                'user' || lpad((1 + i % {users})::text, 7, '0'),
                timestamptz '2024-01-01Z',
                CASE WHEN i % {approvals / Math.Min(Pending, approvals / 5)} = 0 THEN 0 ELSE 1 END, 'admin', timestamptz '2024-01-01Z',
                CASE WHEN i % {approvals / Math.Min(Pending, approvals / 5)} = 0 THEN NULL ELSE timestamptz '2024-01-01Z' END, 1
            FROM generate_series(1, {approvals}) i
            """),

        // What the server's own housekeeping does within a minute after so many new rows.
        "VACUUM ANALYZE",
    ];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
