using System.Globalization;
using System.Text;
using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Output;

/// <summary>Nothing a host says reaches the terminal with characters that cannot be seen, or that turn and rewrite others.</summary>
public sealed class UnseenTests
{
    private const string Unseen =
        "\u202E\u2066\u200B\u200C\u2060\uFEFF\u00AD\u034F\u115F\u3164\uFFA0\u2800\u180E\u2028\u2029\uE000\u0378\u001B[2J\r\u009B"
        + "\U000E0041\U000E0101\uFE00";
    private const string At = "2026-01-02T03:04:05Z";

    private static readonly Dictionary<string, object?> Person = Thing(
        ("id", 1), ("username", Unseen), (
            "display_name", Unseen), ("role", "admin"), ("is_active", true), ("created_at", At), ("last_login", At), ("active_sessions", 1),
        ("groups", new[] { new { id = 1, name = Unseen } }), ("locked_until", At));

    private static readonly Dictionary<string, object?> Team = Thing(
        ("id", 1), ("name", Unseen), ("description", Unseen), ("tier", 1), ("limits", new Dictionary<string, long> { [Unseen] = 1 }),
        ("member_count", 1), ("created_at", At));

    private static readonly Dictionary<string, object?> Work = Thing(
        ("task_id", Unseen), ("task_type", Unseen), ("command", Unseen), ("arguments", new[] { Unseen, "", " ", "a\nb" }), (
            "env_vars", new Dictionary<string, string> { [Unseen] = Unseen }),
        ("status", "failed" + Unseen), ("required_cores", 1), ("target_node", Unseen), ("assigned_node", Unseen), ("owner_id", 1), (
            "owner_username", Unseen), ("submitted_at", At),
        ("stdout", Unseen), ("stderr", Unseen), ("approval_status", Unseen), ("approved_by", Unseen), (
            "rejection_reason", Unseen), ("decided_by", Unseen), ("decided_at", At),
        ("details", new Dictionary<string, string> { [Unseen] = Unseen }), ("exit_code", 1));

    // By the end of the path; what is not here is refused with a message that is as bad.
    private static readonly (string Path, object Answer)[] Answers =
    [
        ("/auth/me", Person), ("/auth/users", new[] { Person }), ("/auth/users/1", Person), ("/auth/users/1/role", Person), (
            "/auth/groups", new[] { Team }), ("/auth/groups/1", Team), ("/members", new[] { Person }),
        ("/sessions", new[]
        {
            Thing(
                ("id", 1),
                ("created_at", At),
                ("last_seen", At),
                ("expires_at", At),
                ("ip", Unseen),
                ("user_agent", Unseen),
                ("current", false)),
        }),
        ("/auth/tokens", new[]
        {
            Thing(("id", 1), ("name", Unseen), ("prefix", Unseen), ("owner", new { id = 1, username = Unseen }), ("created_at", At)),
        }),
        ("/auth/invitations", new[]
        {
            Thing(
                ("id", 1),
                ("prefix", Unseen),
                ("role", Unseen),
                ("max_usage", 1),
                ("usage_count", 0),
                ("remaining_uses", 1),
                ("expires_at", At),
                ("is_valid", true),
                ("url", Unseen)),
        }),
        ("/tasks/pending-approval", new[] { Work }), ("/approvals", new[] { Work }), ("/tasks", new[] { Work }), ("/tasks/1", Work),
        ("/nodes", new[] { Thing(("hostname", Unseen), ("status", Unseen), ("gpus", new[] { Unseen })) }),
        ("/vps", new[]
        {
            Thing(
                ("vps_id", Unseen),
                ("name", Unseen),
                ("node", Unseen),
                ("status", Unseen),
                ("owner_username", Unseen),
                ("assignees", new[] { Unseen }),
                ("groups", new[] { Unseen })),
        }),
        ("/vps/my", Array.Empty<object>()),
        ("/assignments", Thing(("task_id", Unseen), ("assignments", new[]
        {
            new { user_id = 1, username = Unseen, display_name = Unseen } }), ("groups", new[] { new { group_id = 1, name = Unseen },
        }))),
        ("/auth/audit", new[]
        {
            Thing(
                ("id", 1),
                ("at", At),
                ("actor", Unseen),
                ("credential", Unseen),
                ("ip", Unseen),
                ("action", Unseen),
                ("target_type", Unseen),
                ("target", Unseen),
                ("outcome", Unseen),
                ("detail", Unseen)),
        }),
        ("/auth/settings", Thing(("registration", Unseen), (Unseen, Unseen))),
        ("/approve/1", Thing(("message", Unseen), ("task_id", Unseen))), ("/kill/1", Thing(("message", Unseen))),
    ];

    [Theory]
    [InlineData(true, 400)]
    [InlineData(true, 40)]
    [InlineData(false, 80)]
    [Trait("Requirement", "R10")]
    public async Task Commands_WithUnseenCharactersInEveryAnswer_PrintMarks(bool isTerminal, int width)
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address) { Environment = { ["NO_COLOR"] = "1", ["KOHAKU_TOKEN"] = "krt_x" } };
        var marked = 0;
        foreach (var command in (string[])
        [
            "auth whoami", "auth token list", "auth session list", "users list", "users show 1", "users sessions 1",
            "users set-role 1 admin", "users delete 1 --yes", "groups list", "groups show 1", "groups members 1",
            "groups delete 1 --yes", "invitations list", "approvals list", "approvals history", "approvals approve 1",
            "approvals reject 1 --yes", "tasks list", "tasks show 1", "tasks kill 1 --yes", "nodes list", "vps list",
            "vps access " + Unseen.Replace("\r", "", StringComparison.Ordinal), "vps create x", "audit list", "settings show",
            "settings set x=1", "users create x --role viewer --password 0123456789abcdef",
        ])
        {
            foreach (var json in (string[])["", " --json"])
            {
                var run = await cli.RunAsync(
                    new FakeTerminal { OutIsTerminal = isTerminal, ErrorIsTerminal = isTerminal, Width = width },
                    CancellationToken.None,
                    (command + json).Split(' '));
                var seen = Bad(run.Output + run.Errors);
                Assert.True(seen.Length == 0, $"{command}{json} prints {seen}:\n{run.Output}{run.Errors}");
                Assert.DoesNotContain("Unexpected error", run.Errors, StringComparison.Ordinal);
                marked += run.ToString().Contains("U+202E", StringComparison.Ordinal)
                    || run.ToString().Contains("\\u202e", StringComparison.Ordinal)
                    ? 1
                    : 0;
            }
        }

        Assert.True(marked > 40, $"Only {marked} commands print a mark: the characters were not there.");
    }

    [Fact]
    [Trait("Requirement", "R10")]
    public async Task TaskLogs_OnATerminal_AreMarkedAndInAPipeAsTheyAre()
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_x" } };
        var seen = (await cli.RunAsync(new FakeTerminal { OutIsTerminal = true, ErrorIsTerminal = true }, CancellationToken.None, "tasks",
            "logs", "1")).Expect(ExitCodes.Done);
        Assert.Equal("", Bad(seen.Output + seen.Errors));
        Assert.Equal(Unseen, (await cli.RunAsync("tasks", "logs", "1")).Expect(ExitCodes.Done).Output);
    }

    [Fact]
    public async Task Json_WithUnseenCharacters_MeansTheSame()
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_x" } };
        Assert.Equal(Unseen, (await cli.JsonAsync("users", "show", "1")).GetProperty("username").GetString());
        Assert.Equal(Unseen, (await cli.JsonAsync("tasks", "logs", "1")).GetProperty("stdout").GetString());
    }

    [Fact]
    public void CommandLine_OfEmptyAndBlankArguments_QuotesThem() =>
        Assert.Equal("x '' ' ' 'a\nb' '\u27E8'", Show.CommandLine("x", ["", " ", "a\nb", "\u27E8"]));

    private static Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var found = Array.Find(Answers, a => path.EndsWith(a.Path, StringComparison.Ordinal));
        return HttpMethods.IsPost(http.Request.Method) && path.EndsWith("/vps", StringComparison.Ordinal)
            || found.Answer is null
            || HttpMethods.IsDelete(http.Request.Method)
            ? FakeHost.JsonAsync(
                http,
                JsonSerializer.Serialize(
                    new { status = 409, detail = Unseen, errors = new Dictionary<string, string[]> { [Unseen] = [Unseen] } }),
                409,
                "application/problem+json")
            : FakeHost.JsonAsync(http, JsonSerializer.Serialize(found.Answer));
    }

    // Judged by the tables of Unicode, not by the rule that is tested.
    private static string Bad(string text) => string.Join(' ', text.EnumerateRunes()
        .Where(r => r.Value != '\n' && (Rune.GetUnicodeCategory(r)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || r.Value is 0x034F or 0x115F or 0x3164 or 0xFFA0 or 0x2800 or 0xFE00 or 0xE0101))
        .Select(r => string.Create(CultureInfo.InvariantCulture, $"U+{r.Value:X4}")).Distinct());

    private static Dictionary<string, object?> Thing(params (string Name, object? Value)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}
