using System.Text.Json;
using System.Text.Json.Nodes;
using KohakuRiver.Cli.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace KohakuRiver.Cli.Tests.Output;

/// <summary>The forms of a result: all from the same fields.</summary>
public sealed class FormTests
{
    private const string Users = """
        [{"id":7,"username":"ann","display_name":"=1+1","role":"user","is_active":true,"groups":[{"id":1,"name":"lab"}]},
         {"id":8,"username":"bob","display_name":"say \"hi\",\nbob","role":"admin","is_active":false,"active_sessions":-1}]
        """;

    private const string Heading =
        "id,username,display_name,role,is_active,created_at,last_login,active_sessions,groups,locked_until,must_change_password";

    [Fact]
    public async Task Csv_OfAList_HasTheFieldsAsRfc4180Says_AndNoFormula()
    {
        var run = await RunAsync(Users, "users", "list", "--output", "csv");

        Assert.Equal(
            Heading + "\r\n"
            + "7,\"ann\",\"'=1+1\",\"user\",true,,,,\"[{\"\"id\"\":1,\"\"name\"\":\"\"lab\"\"}]\",,\r\n"
            + "8,\"bob\",\"say \"\"hi\"\",\nbob\",\"admin\",false,,,-1,,,\r\n",
            run.Expect(ExitCodes.Done).Output);
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public async Task Csv_OfATextThatBeginsAFormula_HasAQuoteInFront(string text)
    {
        var run = await RunAsync(
            JsonSerializer.Serialize(new[] { new { id = 1, username = text, role = "user" } }),
            "users", "list", "--output", "csv", "--columns", "username");

        Assert.StartsWith("username\r\n\"'" + text[..1], run.Expect(ExitCodes.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_OfAnEmptyList_HasItsHeading() =>
        Assert.Equal(Heading + "\r\n", (await RunAsync("[]", "users", "list", "--output", "csv")).Expect(ExitCodes.Done).Output);

    [Fact]
    public async Task Csv_WithColumns_HasThoseFields()
    {
        Assert.Equal(
            "role,display_name\r\n\"user\",\"'=1+1\"\r\n",
            (await RunAsync($"[{JsonNode.Parse(Users)![0]!.ToJsonString()}]", "users", "list", "--output", "csv", "--columns",
                "role,Display-Name")).Output);
        Assert.Contains(
            "not 'nme'",
            (await RunAsync(Users, "users", "list", "--output", "csv", "--columns", "nme")).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("1e3")]
    [InlineData("2026-01-01")]
    [InlineData("~")]
    [InlineData("- a: b # c")]
    [InlineData(" 'quoted' \"twice\"\nand\ttabbed\u0007")]
    [InlineData("Grüße 😀 ‮txt\U000E0041")]
    [InlineData("")]
    [InlineData("plain.word")]
    public async Task Yaml_OfAnyText_ReadsAsTheSameText(string text)
    {
        var json = JsonSerializer.Serialize(new { id = 1, username = text, role = "user", groups = Array.Empty<int>() });

        var run = (await RunAsync(json, "auth", "whoami", "--output", "yaml")).Expect(ExitCodes.Done);

        Assert.False(KohakuRiver.Auth.VisibleText.HasHidden(run.Output, KohakuRiver.Auth.TextKind.Lines), run.Output);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(run.Output));
        var read = (YamlMappingNode)yaml.Documents.Single().RootNode;
        Assert.Equal(
            ("1", text, "user", "null"),
            (Scalar(read, "id"), Scalar(read, "username"), Scalar(read, "role"), Scalar(read, "created_at")));
        Assert.Equal(
            text is "plain.word" ? YamlDotNet.Core.ScalarStyle.Plain : YamlDotNet.Core.ScalarStyle.DoubleQuoted,
            ((YamlScalarNode)read["username"]).Style);
    }

    [Theory]
    [InlineData("users list", Users, "7\n8\n")]
    [InlineData("approvals list", """[{"task_id":"12","owner_id":3,"status":"pending_approval"}]""", "12\n")]
    [InlineData("nodes list", """[{"hostname":"n1"}]""", "n1\n")]
    [InlineData("tasks submit echo", """{"task_ids":["4","5"],"status":"pending"}""", "4\n5\n")]
    [InlineData("users list", "[]", "")]
    [InlineData("settings show", """{"registration":"off"}""", "")]
    public async Task Ids_AreOneALine_OfWhatTheResultIs(string line, string answer, string expected)
    {
        var words = line.Split(' ');

        var run = await RunAsync(answer, [words[0], words[1], "--output", "ids", .. words[2..]]);

        Assert.Equal(expected, run.Expect(ExitCodes.Done).Output);
    }

    [Fact]
    public async Task Ids_OfSeveral_AreOfThoseThatWentWell()
    {
        await using var host = await FakeHost.StartAsync(http => http.Request.Path.Value!.EndsWith("/2", StringComparison.Ordinal)
            ? FakeHost.ProblemAsync(http, 409, "No.")
            : FakeHost.JsonAsync(http, $$"""{"message":"ok","task_id":"{{http.Request.Path.Value[^1]}}"}"""));
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync("approvals", "approve", "1", "2", "3", "--output", "ids");

        Assert.Equal("1\n3\n", run.Expect(ExitCodes.Failed).Output);
        Assert.StartsWith("error: task 2: ", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--query|[?role=='admin'].username", "[\n  \"bob\"\n]\n")]
    [InlineData("--query|[].username|--output|ids", "ann\nbob\n")]
    [InlineData("--query|[].{who:username}|--output|csv", "who\r\n\"ann\"\r\n\"bob\"\r\n")]
    [InlineData("--query|[0].groups[0].name", "\"lab\"\n")]
    [InlineData("--query|[].nothing", "[]\n")]
    [InlineData("--template|{{ for u in result }}{{ u.username }}={{ u.id }};{{ end }}", "ann=7;bob=8;")]
    [InlineData("--query|[0]|--template|{{ username }} {{ is_active }} {{ groups[0].name }}", "ann true lab")]
    public async Task Expression_OfTheResult_IsWhatIsPrinted(string options, string expected)
    {
        var run = await RunAsync(Users, ["users", "list", .. options.Split('|')]);

        Assert.Equal(expected, run.Expect(ExitCodes.Done).Output);
    }

    [Theory]
    [InlineData(".[] | select(.is_active) | .username", "ann\n")]
    [InlineData("map(.id)", "[\n  7,\n  8\n]\n")]
    public async Task Jq_FiltersTheResult_WithoutQuotes(string filter, string expected)
    {
        RequireProgram("jq");

        Assert.Equal(expected, (await RunAsync(Users, "users", "list", "--jq", filter)).Expect(ExitCodes.Done).Output);
        Assert.Contains("Cannot index", (await RunAsync(Users, "users", "list", "--jq", ".name")).Expect(ExitCodes.Failed).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--query", "[?", "--query takes a JMESPath expression")]
    [InlineData("--jq", ".[", "--jq: ")]
    [InlineData("--template", "{{ for", "--template cannot be read: ")]
    public async Task Expression_ThatIsNone_IsSaidBeforeAnythingIsDone(string option, string text, string expected)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "{}"));
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync("groups", "create", "lab", option, text);

        Assert.StartsWith(expected, run.Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Empty(host.Requests);
    }

    [Theory]
    [InlineData("{{ while true }}{{ end }}")]
    [InlineData("{{ for i in 1..2000000000 }}{{ end }}")]
    public async Task Template_ThatWouldNotEnd_Fails(string text) => Assert.StartsWith(
        "--template: ", (await RunAsync(Users, "users", "list", "--template", text)).Expect(ExitCodes.Failed).Error,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("--json --output csv")]
    [InlineData("--jq . --template x")]
    [InlineData("--jq . --output yaml")]
    [InlineData("--watch --output csv")]
    [InlineData("--watch --json --template x")]
    [InlineData("--watch")]
    public async Task Forms_ThatDoNotGoTogether_AreRefused(string options)
    {
        var run = await RunAsync(Users, ["users", "list", .. options.Split(' ')]);

        Assert.NotEmpty(run.Expect(ExitCodes.Usage).Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Data_OnATerminal_ShowsWhatItHides()
    {
        await using var host = await FakeHost.StartAsync(http =>
            FakeHost.JsonAsync(http, """[{"id":1,"username":"a\u001b[2Jb\u202ec","role":"user"}]"""));
        using var cli = new TestCli(host.Address);
        foreach (var options in (string[])["--output csv", "--output yaml", "--output json", "--template {{result[0].username}}"])
        {
            var run = await cli.RunAsync(
                new FakeTerminal { OutIsTerminal = true }, CancellationToken.None, ["users", "list", .. options.Split(' ')]);

            Assert.False(KohakuRiver.Auth.VisibleText.HasHidden(
                run.Expect(ExitCodes.Done).Output, KohakuRiver.Auth.TextKind.Lines), run.Output);
        }
    }

    /// <summary>Skips the test where a program is missing; with <c>KOHAKU_REQUIRE_ALL=1</c> that is a failure.</summary>
    internal static void RequireProgram(string name)
    {
        if (Programs.Find(name) is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1", $"The program '{name}' is missing.");
            Assert.Skip($"The program '{name}' is missing.");
        }
    }

    private static string Scalar(YamlMappingNode node, string name) => ((YamlScalarNode)node[name]).Value!;

    private static async Task<CliRun> RunAsync(string answer, params string[] arguments)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, answer));
        using var cli = new TestCli(host.Address);
        return await cli.RunAsync(arguments);
    }
}
