using System.Globalization;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Tests.Shared;

/// <summary>Rows for every table of the first schema, with text, numbers, times and bytes that a careless migration would damage.</summary>
internal static partial class FirstSchemaRows
{
    // #t1 a time, #h1 a hash, #true and #false; the rest is the same on all engines.
    private const string Rows =
        """
        INSERT INTO kohaku_users VALUES (1001, 'Root', 'ROOT', 'Größe ✓ 变', 'GRÖSSE ✓ 变', 4, #true, '$2b$04$x', #t1, #t2, 3, #t3);
        INSERT INTO kohaku_users VALUES (1002, 'ann', 'ANN', 'Ann', 'ANN', 2, #false, '$bcrypt-sha256$y', #t2, #t1, 0, NULL);
        INSERT INTO kohaku_users VALUES (1003, 'zoe', 'ZOE', 'Zo  Smith', 'ZO  SMITH', 2, #true, '$2b$04$z', #t2, #t1, 0, NULL);
        INSERT INTO kohaku_groups VALUES (1001, 'Lab', 'LAB', '', -2, '{"max_vps":9007199254740991}', #t1);
        INSERT INTO kohaku_memberships VALUES (1002, 1001);
        INSERT INTO kohaku_sessions VALUES (1001, 1001, #h1, #t1, #t2, #t3, '::1', 'agent');
        INSERT INTO kohaku_tokens VALUES (1001, 1001, NULL, #h2, 'krt_abcd', 'parent', #t1, NULL, NULL);
        INSERT INTO kohaku_tokens VALUES (1002, 1001, 1001, #h3, 'krt_efgh', 'child', #t1, #t2, #t3);
        INSERT INTO kohaku_invitations VALUES (1001, #h4, 'kri_abcd', 1, 1001, 5, 2, #t3, 1001, 'Root', #t1);
        INSERT INTO kohaku_approvals VALUES (1001, 'task-1', 'command', 'echo', '["a b"]', 4, 12345678901, '[0,3]', 'node', '{"k":"v"}',
            1002, 'ann', #t1, 1, 1001, 'Root', #t2, 'fine', NULL, 7, #t3, #t1);
        INSERT INTO kohaku_approvals VALUES (1002, 'task-2', 'command', 'ls', '[]', 0, NULL, '[]', NULL, '{}', NULL, 'gone', #t1, 0,
            NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL);
        INSERT INTO kohaku_vps_assignments VALUES (1001, 'vps-1', 1002, NULL, #t1);
        INSERT INTO kohaku_vps_assignments VALUES (1002, 'vps-1', NULL, 1001, #t2);
        INSERT INTO kohaku_audit VALUES (1001, #t1, 1001, 'Root', 'ROOT', 'session:1', '192.0.2.1', 'user.create',
            'USER.CREATE', 'user', '1002', '1002', 'ann', 'ANN', 0, 'größer → 变更', '0192f0c4-0000-7000-8000-000000000001');
        INSERT INTO kohaku_codes VALUES (1001, #h5, 1, 1002, #t3);
        INSERT INTO kohaku_settings VALUES ('session_lifetime_hours', '12');
        INSERT INTO kohaku_imports VALUES (0, 'ROOT', #t2);
        INSERT INTO kohaku_throttle VALUES ('login:192.0.2.1', #t1, 4);
        """;

    private static readonly DateTimeOffset Base = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999_999);

    // Triggers write these.
    private static readonly string[] Kept = ["kohaku_user_counts", "kohaku_change_epoch", "kohaku_changes"];

    /// <summary>Fails when a table of the first schema has no row here.</summary>
    internal static void AssertComplete(IEnumerable<string> tables) => Assert.All(
        tables.Except(Kept, StringComparer.Ordinal), table => Assert.Contains($"INSERT INTO {table} ", Rows, StringComparison.Ordinal));

    /// <summary>Fails when an upgraded database does not find the old users by their names, those that only code can fold among
    /// them.</summary>
    internal static async Task AssertSearchableAsync(KohakuStoreSet stores, CancellationToken cancellationToken)
    {
        foreach (var (search, expected) in (IEnumerable<(string, long)>)[("ROO", 1001), ("grosse", 1001), ("nn", 1002), ("zo smith", 1003)])
        {
            var found = await stores.Users.ListAsync(new UserQuery { Search = search, Page = new PageRequest(9) }, Base, cancellationToken);
            Assert.Equal([expected], found.Items.Select(u => u.User.Id));
        }
    }

    internal static string ForSqlite() => Write(
        at => ((at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        hex => $"x'{hex}'", "1", "0");

    internal static string ForPostgreSql() => Write(
        at => $"'{at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'", hex => $@"'\x{hex}'", "true", "false");

    private static string Write(Func<DateTimeOffset, string> time, Func<string, string> hash, string yes, string no)
    {
        var text = Rows.Replace("#true", yes, StringComparison.Ordinal).Replace("#false", no, StringComparison.Ordinal);
        text = Times().Replace(text, m => time(Base.AddDays(int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture))));
        return Hashes().Replace(text, m => hash(string.Concat(Enumerable.Repeat("a" + m.Groups["n"].Value, 32))));
    }

    [GeneratedRegex("#t(?<n>[0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();

    [GeneratedRegex("#h(?<n>[0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hashes();
}
