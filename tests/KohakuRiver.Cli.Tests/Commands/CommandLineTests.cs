using System.CommandLine;
using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary>The command line as a whole: what it offers, and what it says to what it does not understand.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Leaves() => [.. AllLeaves().Select(l => string.Join(' ', l.Path))];

    // "approvals approve" asks only about what nobody named: QueueTests.
    public static TheoryData<string> Destructive() =>
    [
        .. AllLeaves().Where(l => l.Command.Options.Any(o => o.Name == "--yes")).Select(l => string.Join(' ', l.Path))
            .Where(p => p != "approvals approve"),
    ];

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task Help_OfEachCommand_HasAnExampleOfThatCommand(string path)
    {
        using var cli = new TestCli();

        var run = (await cli.RunAsync([.. path.Split(' '), "--help"])).Expect(ExitCodes.Done);

        Assert.Contains("Example", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"kohakuriver {path}", run.Output[run.Output.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task Option_ThatDoesNotExist_Is2(string path)
    {
        using var cli = new TestCli();

        Assert.Contains(
            "--help",
            (await cli.RunAsync([.. path.Split(' '), "--no-such-option"])).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Destructive))]
    public async Task Destruction_WithNobodyToAsk_Is2AndChangesNothing(string path)
    {
        await using var host = await FakeHost.StartAsync(http => http.Request.Method != "GET" ? FakeHost.JsonAsync(http, "{}")
            : http.Request.Path.Value!.EndsWith("/sessions", StringComparison.Ordinal) ? FakeHost.JsonAsync(http, "[]")
            : FakeHost.JsonAsync(http, """[{"id":1,"username":"1","name":"1","role":"user","vps_id":"1"}]"""));
        using var cli = new TestCli(host.Address);
        var extra = path == "vps unassign" ? (string[])["--user", "name:1"] : [];
        var argument = path is "users delete" or "users disable" or "users end-sessions" or "users reset-password" or "groups delete"
            ? "name:1"
            : "1";

        Assert.Contains(
            "--yes",
            (await cli.RunAsync([.. path.Split(' '), argument, .. extra])).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain(host.Requests, r => !r.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public void DestructiveCommands_AreThese() => Assert.Equal(
        [
            "approvals approve", "approvals reject", "approvals withdraw", "auth session end", "auth token revoke", "groups delete",
            "invitations revoke", "tasks kill",
            "users delete", "users disable", "users end-sessions", "users reset-password", "vps delete", "vps unassign",
        ],
        AllLeaves().Where(l => l.Command.Options.Any(o => o.Name == "--yes")).Select(l => string.Join(' ', l.Path))
            .Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("y", ExitCodes.Done, true)]
    [InlineData("YES", ExitCodes.Done, true)]
    [InlineData("n", ExitCodes.Failed, false)]
    [InlineData("", ExitCodes.Failed, false)]
    public async Task Destruction_IsAskedAboutAndTheAnswerCounts(string answer, int exitCode, bool isDone)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "{}"));
        using var cli = new TestCli(host.Address);
        var terminal = new FakeTerminal { CanAsk = true, Typed = new Queue<string>([answer]) };

        var run = (await cli.RunAsync(terminal, CancellationToken.None, "invitations", "revoke", "7")).Expect(exitCode);

        Assert.Contains("Revoke invitation 7? [y/N]", run.Errors, StringComparison.Ordinal);
        Assert.Equal(isDone, host.Requests.Count == 1);
    }

    [Theory]
    [InlineData("users", "Specify a command")]
    [InlineData("users xyzzy", "'xyzzy' is not a command: kohakuriver users list|")]
    [InlineData("bogus", "'bogus' is not a command")]
    [InlineData("users set-role bob emperor", "emperor")]
    [InlineData("users create bob --role emperor", "'anony'")]
    [InlineData("invitations create --role anony", "'viewer'")]
    [InlineData("users list --limit 0", "whole number")]
    [InlineData("users list --active --disabled", "exclude")]
    [InlineData("users edit bob", "Specify what to change")]
    [InlineData("groups create x --limits tasks", "KEY=N")]
    [InlineData("tasks submit", "<command> is missing: The command")]
    [InlineData("tasks submit --memory lots -- x", "512M")]
    [InlineData("tasks submit --gpus a -- x", "0,1")]
    [InlineData("tasks submit --env =3 -- x", "NAME=VALUE")]
    [InlineData("auth token create x --expires soon", "30d")]
    [InlineData("auth session end", "--all")]
    [InlineData("auth login --token t --username u", "alone")]
    [InlineData("auth login --username ann", "Password is missing")]
    [InlineData("auth login", "Username is missing")]
    [InlineData("invitations create --expires never", "must expire")]
    [InlineData("vps assign box", "--user or --group")]
    [InlineData("audit list --from yesterdayish", "2026-01-31")]
    [InlineData("audit export --json", "--output")]
    [InlineData("settings set x", "NAME=VALUE")]
    [InlineData("users delete --force", "Unknown option")]
    [InlineData("users list --serach bob", "Unknown option '--serach'. Did you mean --search? See: kohakuriver users list --help")]
    [InlineData("users list -z", "Unknown option '-z'. See: kohakuriver users list --help")]
    [InlineData("users list -- -z", "Unexpected argument '-z'.")]
    [InlineData("-v", "Unknown option '-v'. See: kohakuriver --help")]
    [InlineData("--hots x users list", "Did you mean --host?")]
    [InlineData("users --lits", "Unknown option '--lits'.")]
    [InlineData("vps exec box --json ls", "put it in front of 'box', or -- before a command")]
    [InlineData("login", "Did you mean: kohakuriver auth login?")]
    [InlineData("whoami", "Did you mean: kohakuriver auth whoami?")]
    [InlineData("users ls", "Did you mean: kohakuriver users list?")]
    [InlineData("groups rm lab", "Did you mean: kohakuriver groups delete?")]
    [InlineData("tasks cancel 7", "Did you mean: kohakuriver tasks kill?")]
    [InlineData("tasks submit --no-such-option echo hi", "Put --")]
    [InlineData("vps exec box --no-such-option ls", "Put --")]
    [InlineData("completion tcsh", "'bash' 'zsh'")]
    [InlineData("nodes list --timeout 0", "--timeout takes 0.1 to 3600 seconds, like 5 or 0.5, not '0'.")]
    [InlineData("nodes list --timeout 5s", "not '5s'")]
    [InlineData("nodes list --timeout", "--timeout needs a value: SECONDS.")]
    [InlineData("users list --limit 99999999999", "--limit takes a whole number from 1, not '99999999999'.")]
    [InlineData("users list --limit 1.5", "not '1.5'")]
    [InlineData("users list --json=maybe", "--json takes no value.")]
    [InlineData("users list bob", "Unexpected argument 'bob'.")]
    [InlineData("auth session end 1 two", "An id is a whole number, not 'two'.")]
    public async Task WrongUsage_Is2AndSaysWhatIsMeant(string line, string expected)
    {
        using var cli = new TestCli();

        var run = (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Usage);

        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    public static TheoryData<string, string> ValuesThatAreNoText() => [.. AllLeaves().SelectMany(leaf =>
        leaf.Command.Options.Concat(CliApp.BuildRoot().Options.Where(o => o.Recursive
            && leaf.Command.Options.All(own => own.Name != o.Name)))
            .Where(o => !o.Hidden && o is not System.CommandLine.Help.HelpOption && !IsText(o.ValueType))
            .Select(o => new TheoryDataRow<string, string>(string.Join(' ', leaf.Path), o.Name))
            .Concat(leaf.Command.Arguments.Where(a => !IsText(a.ValueType))
                .Select(_ => new TheoryDataRow<string, string>(string.Join(' ', leaf.Path), ""))))];

    [Theory]
    [MemberData(nameof(ValuesThatAreNoText))]
    public async Task Value_ThatCannotBeRead_SaysWhatIsExpected(string path, string option)
    {
        using var cli = new TestCli();
        string[] line = [.. path.Split(' '), .. option.Length > 0 ? (string[])[option] : [], "rubbish"];

        var error = (await cli.RunAsync(line)).Expect(ExitCodes.Usage).Error;

        Assert.Contains("'rubbish'", error, StringComparison.Ordinal);
        Assert.DoesNotMatch("System|Cannot parse|type", error);
        (await cli.RunAsync([.. line, "--help"])).Expect(ExitCodes.Done);
    }

    [Theory]
    [InlineData("tasks submit --cores 2 echo start --timeout 60 --json -n -- end", "echo|start|--timeout|60|--json|-n|--|end")]
    [InlineData("tasks submit -- echo -- end -h", "echo|--|end|-h")]
    [InlineData("tasks submit -- -odd --wait", "-odd|--wait")]
    [InlineData("vps exec box uname -h", "uname|-h")]
    [InlineData("vps exec box -- uname --help", "uname|--help")]
    [InlineData("vps exec --timeout 60 box sh --timeout 5 --version", "sh|--timeout|5|--version")]
    public async Task CommandToRun_KeepsWhatFollowsItsFirstWord(string line, string expected)
    {
        var sent = new List<string>();
        await using var host = await FakeHost.StartAsync(async http =>
        {
            if (http.Request.Method == "POST")
            {
                using var body = await JsonDocument.ParseAsync(http.Request.Body);
                sent.Add(body.RootElement.GetProperty("command").GetString()!);
                sent.AddRange(body.RootElement.GetProperty("arguments").EnumerateArray().Select(a => a.GetString()!));
            }

            await FakeHost.JsonAsync(http, http.Request.Method == "GET"
                ? """[{"vps_id":"1","name":"box"}]"""
                : """{"message":"ok","task_ids":["1"],"status":"pending","exit_code":0}""");
        });
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Done);

        Assert.Equal(expected.Split('|'), sent);
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]) || type == typeof(bool);

    [Fact]
    public async Task Help_OfEachGroup_ListsVariablesAndExitCodes()
    {
        using var cli = new TestCli();
        foreach (var group in AllLeaves().Select(l => string.Join(' ', l.Path[..^1])).Distinct())
        {
            var help = (await cli.RunAsync([.. group.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Output;

            Assert.All(
                (string[])["KOHAKU_HOST", "KOHAKU_TOKEN", "Exit codes:", "130"], t => Assert.Contains(t, help, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Help_AsACommand_IsTheSame()
    {
        using var cli = new TestCli();
        foreach (var path in (string[])["", "users", "users list", "tasks submit"])
        {
            var words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);

            Assert.Equal(
                (await cli.RunAsync([.. words, "--help"])).Output, (await cli.RunAsync(["help", .. words])).Expect(ExitCodes.Done).Output);
        }

        Assert.Contains(
            "'bogus' is not a command", (await cli.RunAsync("help", "bogus")).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_HoldNoSecretInAnArgument() => Assert.All(
        AllLeaves().Select(l => l.Command).OfType<CliCommand>().SelectMany(c => c.Examples),
        example => Assert.DoesNotMatch(@"--(password|token|code) |kr[a-z]_", example));

    [Theory]
    [InlineData("user list", "Did you mean: kohakuriver users?")]
    [InlineData("taks list", "Did you mean: kohakuriver tasks?")]
    [InlineData("approvals aprove 1", "Did you mean: kohakuriver approvals approve?")]
    [InlineData("users lsit", "Did you mean: kohakuriver users list?")]
    [InlineData("tasks sub", "Did you mean: kohakuriver tasks submit?")]
    [InlineData("users show --jsno", "Did you mean --json?")]
    [InlineData("users delete --yse", "Did you mean --yes?")]
    public async Task Word_Mistyped_IsGuessed(string line, string expected)
    {
        using var cli = new TestCli();

        Assert.Contains(expected, (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_ShowsHelp()
    {
        using var cli = new TestCli();

        Assert.Contains("approvals", (await cli.RunAsync()).Expect(ExitCodes.Done).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kohakuriver appr", "approvals")]
    [InlineData("kohakuriver approvals re", "reject")]
    [InlineData("kohakuriver users set-role bob ", "operator")]
    [InlineData("kohakuriver users set-role bob ", "anony")]
    [InlineData("kohakuriver users list --role ", "anony")]
    [InlineData("kohakuriver users list --ro", "--role")]
    public async Task Completion_OffersWhatComesNext(string typed, string expected)
    {
        using var cli = new TestCli();

        var offered = (await cli.RunAsync($"[suggest:{typed.Length}]", typed)).Expect(ExitCodes.Done).Output
            .Split('\n')
            .Select(l => l.Trim());

        Assert.Contains(expected, offered);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task CompletionScript_AsksTheCommandItself(string shell)
    {
        using var cli = new TestCli();

        Assert.Contains("[suggest", (await cli.RunAsync("completion", shell)).Expect(ExitCodes.Done).Output, StringComparison.Ordinal);
        Assert.Equal(shell, (await cli.JsonAsync("completion", shell)).GetProperty("shell").GetString());
    }

    [Fact]
    public async Task ArgumentsWithAnAtSign_AreNoFilesToReadFrom()
    {
        await using var host = await FakeHost.StartAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            var status = body.Contains("\"@/etc/hostname\"", StringComparison.Ordinal) ? "kept" : "read";
            await FakeHost.JsonAsync(http, $$"""{"message":"ok","task_ids":["1"],"status":"{{status}}"}""");
        });
        using var cli = new TestCli(host.Address);

        Assert.Contains(
            "kept",
            (await cli.RunAsync("tasks", "submit", "--", "cat", "@/etc/hostname")).Expect(ExitCodes.Done).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Root_ForOneOfOurCommands_HoldsThatOneAsTheWholeRootDoes()
    {
        var whole = CliApp.BuildRoot();
        foreach (var command in whole.Subcommands.Where(c => !c.Hidden))
        {
            var alone = Assert.Single(CliApp.BuildRoot(command.Name).Subcommands);
            Assert.Equal(Described(command), Described(alone));
        }

        // Everything else may be anything.
        Assert.All(["task", "auht", "--json", "--help", ""], first => Assert.Equal(
            whole.Subcommands.Select(c => c.Name), CliApp.BuildRoot(first).Subcommands.Select(c => c.Name)));

        static string Described(Command command) => $"{command.Name}{(command.Hidden ? "!" : "")}"
            + $"({string.Join(' ', command.Arguments.Select(a => a.Name).Concat(command.Options.Select(o => o.Name)))})"
            + $"[{string.Join(';', command.Subcommands.Select(Described))}]";
    }

    internal static IReadOnlyList<(string[] Path, Command Command)> AllLeaves() => [.. Walk([], CliApp.BuildRoot())];

    private static IEnumerable<(string[] Path, Command Command)> Walk(string[] path, Command command) =>
        command.Subcommands.Count == 0
            ? [(path, command)]
            : command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Walk([.. path, c.Name], c));
}
