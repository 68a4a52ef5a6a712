using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.Tests.Shared;

/// <summary>
/// The SQLite file of an original KohakuRiver host: its tables and columns, its ways of writing times and booleans, its hashes. It enforces
/// no foreign keys, as the original does not.
/// </summary>
internal sealed class OldHostFile : IDisposable
{
    private const string Schema =
        """
        CREATE TABLE "groups" ("id" INTEGER NOT NULL PRIMARY KEY, "name" VARCHAR(100) NOT NULL, "tier" INTEGER NOT NULL,
            "limits_json" TEXT NOT NULL, "created_at" DATETIME NOT NULL);
        CREATE UNIQUE INDEX "group_name" ON "groups" ("name");
        CREATE TABLE "users" ("id" INTEGER NOT NULL PRIMARY KEY, "username" VARCHAR(50) NOT NULL, "display_name" VARCHAR(100),
            "password_hash" VARCHAR(255) NOT NULL, "is_active" INTEGER NOT NULL, "role" VARCHAR(20) NOT NULL,
            "created_at" DATETIME NOT NULL);
        CREATE UNIQUE INDEX "user_username" ON "users" ("username");
        CREATE TABLE "sessions" ("id" INTEGER NOT NULL PRIMARY KEY, "session_id" VARCHAR(64) NOT NULL, "user_id" INTEGER NOT NULL,
            "expires_at" DATETIME NOT NULL, "created_at" DATETIME NOT NULL,
            FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE);
        CREATE TABLE "tokens" ("id" INTEGER NOT NULL PRIMARY KEY, "user_id" INTEGER NOT NULL, "token_hash" VARCHAR(128) NOT NULL,
            "name" VARCHAR(100) NOT NULL, "last_used" DATETIME, "created_at" DATETIME NOT NULL,
            FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE);
        CREATE UNIQUE INDEX "token_token_hash" ON "tokens" ("token_hash");
        CREATE TABLE "invitations" ("id" INTEGER NOT NULL PRIMARY KEY, "token" VARCHAR(64) NOT NULL, "role" VARCHAR(20) NOT NULL,
            "group_id" INTEGER, "max_usage" INTEGER NOT NULL, "usage_count" INTEGER NOT NULL, "expires_at" DATETIME NOT NULL,
            "created_by_id" INTEGER, "created_at" DATETIME NOT NULL,
            FOREIGN KEY ("group_id") REFERENCES "groups" ("id") ON DELETE SET NULL);
        CREATE TABLE "user_groups" ("id" INTEGER NOT NULL PRIMARY KEY, "user_id" INTEGER NOT NULL, "group_id" INTEGER NOT NULL,
            "role_override" VARCHAR(20), "created_at" DATETIME NOT NULL);
        CREATE UNIQUE INDEX "usergroup_user_id_group_id" ON "user_groups" ("user_id", "group_id");
        CREATE TABLE "vps_assignments" ("id" INTEGER NOT NULL PRIMARY KEY, "vps_task_id" INTEGER NOT NULL, "user_id" INTEGER NOT NULL,
            "created_at" DATETIME NOT NULL);
        CREATE TABLE "tasks" ("task_id" BIGINT NOT NULL PRIMARY KEY, "task_type" VARCHAR(255) NOT NULL, "batch_id" BIGINT,
            "command" TEXT NOT NULL, "arguments" TEXT NOT NULL, "env_vars" TEXT NOT NULL, "required_cores" INTEGER NOT NULL,
            "required_memory_bytes" BIGINT, "owner_id" INTEGER, "status" VARCHAR(255) NOT NULL, "assigned_node" VARCHAR(255),
            "exit_code" INTEGER, "error_message" TEXT, "submitted_at" DATETIME NOT NULL, "started_at" DATETIME,
            "completed_at" DATETIME);
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-old-").FullName;

    public OldHostFile(bool withSchema = true)
    {
        Execute(withSchema ? Schema : "CREATE TABLE letters (id INTEGER PRIMARY KEY)");
    }

    public string Path => System.IO.Path.Combine(folder, "old.db");

    public static string Date { get; } = "2025-11-05 09:30:00.123456";

    /// <summary>The file with something of everything: what is good, and what must be left out.</summary>
    /// <param name="hash">The hash of a password as the original makes it: plain bcrypt.</param>
    public static OldHostFile WithEverything(Func<string, string> hash)
    {
        var old = new OldHostFile();
        old.Group(1, "Lab", 3, """{"max_tasks": 10, "gpu_cap": 2, "ratio": 1.5}""");
        old.Group(2, "ops");
        old.Group(3, "OPS");
        old.User(1, "root", hash("root's old password"), "admin", display: "The boss");
        old.User(2, "ann", hash("pässwörd 8"), "user");
        old.User(3, "viewer.1", hash("another password"), "viewer", active: false);
        old.User(4, "Bob", hash("whatever 1"), "user");
        old.User(5, "bob", hash("whatever 2"), "operator");
        old.User(6, "李雷", hash("whatever 3"), "user");
        old.User(7, "한글 이름", hash("whatever 4"), "user");
        old.User(8, "nobody", hash("whatever 5"), "anony");
        old.User(9, "broken", "not-a-hash", "user");
        old.User(10, "reused", hash("whatever 6"), "user", created: "2025-12-01 00:00:00");
        old.Token(1, 1, "a".PadLeft(64, '0'), "ci");
        old.Token(2, 2, "b".PadLeft(64, '0'), "laptop", lastUsed: "2025-11-06 10:00:00");
        old.Token(3, 99, "c".PadLeft(64, '0'), "orphan");
        old.Token(4, 4, "d".PadLeft(64, '0'), "of one left out");
        old.Token(5, 10, "e".PadLeft(64, '0'), "of a deleted user");
        old.Execute($"INSERT INTO tokens VALUES (6, 2, 'zz', 'unreadable', NULL, '{Date}')");
        old.Membership(1, 2, 1);
        old.Membership(2, 1, 2);
        old.Membership(3, 77, 1);
        old.Membership(4, 10, 1);
        old.Membership(5, 1, 1, "operator");
        old.Vps(1, 1234567890123456789, 2);
        old.Vps(2, 42, 99);
        old.Vps(3, 43, 10);
        old.Invitation(1, "1".PadLeft(64, 'f'), "viewer", expires: "2099-01-01 00:00:00", maxUsage: 3, used: 1, group: 1, by: 1);
        old.Invitation(2, "2".PadLeft(64, 'f'), "user", expires: "2025-01-01 00:00:00");
        old.Invitation(3, "3".PadLeft(64, 'f'), "user", expires: "2099-01-01 00:00:00", maxUsage: 2, used: 2);
        old.Invitation(4, "4".PadLeft(64, 'f'), "admin", expires: "2099-01-01 00:00:00", by: 55);
        old.Invitation(5, "5".PadLeft(64, 'f'), "anony", expires: "2099-01-01 00:00:00");
        old.Invitation(6, "6".PadLeft(64, 'f'), "viewer", expires: "2099-01-01 00:00:00.000001");
        old.Execute($"INSERT INTO sessions VALUES (1, '{new string('5', 64)}', 1, '2099-01-01 00:00:00', '{Date}')");
        return old;
    }

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA3_512.HashData(Encoding.UTF8.GetBytes(token)));

    public void Group(long id, string name, int tier = 0, string limits = "{}") =>
        Execute("INSERT INTO groups VALUES ($a, $b, $c, $d, $e)", id, name, tier, limits, Date);

    public void User(long id, string name, string hash, string role, string? display = null, bool active = true, string? created = null) =>
        Execute("INSERT INTO users VALUES ($a, $b, $c, $d, $e, $f, $g)", id, name, display, hash, active ? 1 : 0, role, created ?? Date);

    public void Token(long id, long user, string text, string name, string? lastUsed = null) =>
        Execute("INSERT INTO tokens VALUES ($a, $b, $c, $d, $e, $f)", id, user, HashOf(text), name, lastUsed, Date);

    public void Membership(long id, long user, long group, string? roleOverride = null) =>
        Execute("INSERT INTO user_groups VALUES ($a, $b, $c, $d, $e)", id, user, group, roleOverride, Date);

    /// <summary>A task with a secret in its environment.</summary>
    public void Task(
        long id, long? owner, string command, string status, string arguments = "[]", string type = "command", string? submitted = null) =>
        Execute(
            """
            INSERT INTO tasks VALUES ($a, $b, $a, $c, $d, '{"KEY":"secret"}', 2, 1000000, $e, $f, 'node-1', 1, 'It broke.', $g,
                '2025-12-01 10:00:01', '2025-12-01 11:00:00')
            """,
            id,
            type,
            command,
            arguments,
            owner,
            status,
            submitted ?? "2025-12-01 10:00:00");

    public void Vps(long id, long task, long user) => Execute("INSERT INTO vps_assignments VALUES ($a, $b, $c, $d)", id, task, user, Date);

    public void Invitation(
        long id, string code, string role, string expires, long maxUsage = 1, long used = 0, long? group = null, long? by = null) =>
        Execute(
            "INSERT INTO invitations VALUES ($a, $b, $c, $d, $e, $f, $g, $h, $i)",
            id,
            code,
            role,
            group,
            maxUsage,
            used,
            expires,
            by,
            Date);

    public void Execute(string sql, params object?[] values)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA foreign_keys=OFF; " + sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + (char)('a' + i), values[i] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
