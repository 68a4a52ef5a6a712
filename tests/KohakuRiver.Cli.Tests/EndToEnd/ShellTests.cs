using KohakuRiver.Cli.Tests.Output;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>Completion where shells read it, and manual pages, with the programs that read them.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly TestCli cli = new();
    private readonly string home;

    public ShellTests()
    {
        home = Directory.CreateDirectory(cli.TempPath("home of 'me'")).FullName;
        foreach (var (name, value) in ((string, string)[])
        [
            ("HOME", home), ("XDG_CONFIG_HOME", ""), ("XDG_DATA_HOME", ""), ("ZDOTDIR", ""), ("NO_COLOR", "1"),
        ])
        {
            cli.Environment[name] = value;
        }

        // By the name that the scripts call.
        var bin = Directory.CreateDirectory(cli.TempPath("bin")).FullName;
        File.WriteAllText(Path.Combine(bin, "kohakuriver"), $"#!/bin/sh\nexec dotnet '{Built.PathOf("Cli")}' \"$@\"\n");
        cli.Environment["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
    }

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("bash", ".bashrc")]
    [InlineData("zsh", ".zshrc")]
    [InlineData("fish", null)]
    [InlineData("pwsh", ".config/powershell/Microsoft.PowerShell_profile.ps1")]
    public async Task Install_DoneAgain_ChangesNothing_AndKeepsWhatItsUserWrote(string shell, string? startup)
    {
        var file = startup is null ? null : Path.Combine(home, startup);
        if (file is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, "# mine", TestContext.Current.CancellationToken);
        }

        var printed = (await cli.RunAsync("completion", "install", shell, "--print")).Expect(ExitCodes.Done);
        Assert.Equal(file is null ? [] : [file], Directory.GetFiles(home, "*", SearchOption.AllDirectories));
        var first = (await cli.RunAsync("completion", "install", shell)).Expect(ExitCodes.Done);
        var after = await ContentsAsync();
        var second = (await cli.RunAsync("completion", "install", shell)).Expect(ExitCodes.Done);

        Assert.All(after.Keys, path => Assert.Contains(path, first.Output, StringComparison.Ordinal));
        Assert.All(after.Keys, path => Assert.Contains(path, printed.Output, StringComparison.Ordinal));
        Assert.All(second.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => Assert.EndsWith("unchanged.", l));
        Assert.Equal(after, await ContentsAsync());
        Assert.True(file is null || after[file].StartsWith("# mine\n# >>>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Install_OfANewerScript_ReplacesItsSectionAlone()
    {
        var file = Path.Combine(home, ".bashrc");
        await File.WriteAllTextAsync(
            file, "one\n# >>> kohakuriver completion >>>\nold\n# <<< kohakuriver completion <<<\ntwo\n",
            TestContext.Current.CancellationToken);

        (await cli.RunAsync("completion", "install", "bash")).Expect(ExitCodes.Done);

        Assert.Matches(
            @"(?s)^one\n# >>> kohakuriver completion >>>\n\[ -r '.*'\\''me'\\''.*\n# <<< kohakuriver completion <<<\ntwo\n$",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/bin/zsh", null)]
    [InlineData("/bin/tcsh", "(SHELL is tcsh)")]
    [InlineData("", "completion install bash|zsh|fish|pwsh")]
    public async Task Install_WithoutAName_TakesTheShellOfTheUser(string shell, string? error)
    {
        cli.Environment["SHELL"] = shell;

        var run = await cli.RunAsync("completion", "install");

        if (error is null)
        {
            Assert.Contains(".zshrc: created.", run.Expect(ExitCodes.Done).Output, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(error, run.Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
        }
    }

    // Line | what it may become, as bash, as zsh, as fish, and as PowerShell writes it; the same for all where there is one.
    public static TheoryData<string, string> Lines() => new()
    {
        { "kohakuriver us", "users" },
        { "kohakuriver tasks list --status pend", "pending pending_approval" },
        { "kohakuriver users list --role ad", "admin" },
        { "kohakuriver users list --role=ad", "admin --role=admin --role=admin --role=admin" },
        { "kohakuriver users list --act", "--active" },
        { "kohakuriver help us", "users" },
        { "true; kohakuriver users list --role ad", "admin" },
        { "kohakuriver groups show lab", @"lab|lab\_two lab|lab_two lab|lab_two 'lab_two'|lab" },
        { "kohakuriver groups show \"lab t", "lab_two lab_two lab_two 'lab_two'" },
        { "kohakuriver users show o", @"o\'neil o'neil o'neil 'o''neil'" },
        { "kohakuriver users show '$", "$(touch_ran) $(touch_ran) $(touch_ran) '$(touch_ran)'" },
        { "kohakuriver settings set registration=v", "viewer registration=viewer registration=viewer registration=viewer" },
        { "kohakuriver auth use https://s", "//stored.example.org https://stored.example.org https://stored.example.org "
            + "https://stored.example.org" },
        { "kohakuriver tasks submit -- adm", "" },
        { "kohakuriver vps exec box uname --al", "" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public Task Bash_AfterTheInstallation_Completes(string line, string expected) => ExpectAsync(
        "bash", line, expected, 0, """
            . ~/.bashrc; COMP_LINE=${line##*; } COMP_POINT=${#COMP_LINE}; _kohakuriver; printf '%s\n' "${COMPREPLY[@]}"
            """);

    [Theory]
    [MemberData(nameof(Lines))]
    public Task Zsh_AfterTheInstallation_Completes(string line, string expected) => ExpectAsync(
        "zsh", line, expected, 1, """
            # The shell itself takes the quote off.
            autoload -Uz compinit; compinit -u -D; . ~/.zshrc; (( $+_comps[kohakuriver] )) || exit 9
            compadd() { print -l -- ${(P)2} }
            _files() { }
            words=(${(z)${line##*; }}); CURRENT=${#words} PREFIX=${words[-1]#[\"\']}; $_comps[kohakuriver]
            """);

    [Theory]
    [MemberData(nameof(Lines))]
    public Task Fish_AfterTheInstallation_Completes(string line, string expected) =>
        ExpectAsync("fish", line, expected, 2, "complete -C \"$line\"");

    // By the profile that PowerShell reads when it starts; what it makes of no answer are files of this folder.
    [Theory]
    [MemberData(nameof(Lines))]
    public Task PowerShell_AfterTheInstallation_Completes(string line, string expected) =>
        ExpectAsync("pwsh", line, expected, 3, "(TabExpansion2 $env:line $env:line.Length).CompletionMatches.CompletionText");

    [Theory]
    [InlineData("kohakuriver ", "users")]
    [InlineData("kohakuriver users list --role ", "viewer")]
    [InlineData("kohakuriver groups show ", "'lab two'")]
    [InlineData("$x = kohakuriver users list  --role  ", "viewer")]
    [InlineData("kr users list --role ", "viewer")]
    [InlineData("$BIN/kohakuriver users list --role ", "viewer")]
    public async Task PowerShell_BehindABlank_OffersTheNextWord(string line, string expected)
    {
        var offered = await OfferedAsync("pwsh", line.Replace("$BIN", cli.TempPath("bin"), StringComparison.Ordinal), """
            Set-StrictMode -Version Latest; Set-Alias kr kohakuriver; . $PROFILE
            (TabExpansion2 $env:line $env:line.Length).CompletionMatches.CompletionText
            """);

        Assert.Contains(expected, offered);
    }

    [Fact]
    public async Task ManualPages_OfAllCommands_AreWithoutFault()
    {
        FormTests.RequireProgram("mandoc");
        var folder = cli.TempPath("man");

        (await cli.RunAsync("man", "--write", folder)).Expect(ExitCodes.Done);

        var pages = Directory.GetFiles(Path.Combine(folder, "man1"));
        Assert.Equal(
            CliApp.BuildRoot().Subcommands.Where(c => !c.Hidden).Select(c => $"kohakuriver-{c.Name}.1").Append("kohakuriver.1").Order(),
            pages.Select(Path.GetFileName).Order());
        var lint = await CliProcess.RunProgramAsync(cli, "mandoc", "", ["-T", "lint", "-W", "style", .. pages]);
        Assert.Equal("", lint.Expect(0).Output + lint.Errors);
        var shown = await CliProcess.RunProgramAsync(cli, "mandoc", "", "-T", "utf8", Path.Combine(folder, "man1", "kohakuriver-tasks.1"));
        var plain = string.Join("", shown.Output.Split('\b').Select((part, i) => i == 0 ? part : part[1..]));
        Assert.Contains("kohakuriver tasks wait 1234 1235 --timeout 2h", shown.Output.Contains('\b', StringComparison.Ordinal)
            ? plain : shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManualPage_OfAGroup_HasItsCommandsOptionsAndExamples()
    {
        var page = (await cli.RunAsync("man", "audit")).Expect(ExitCodes.Done).Output;

        Assert.StartsWith(".TH \"KOHAKURIVER\\-AUDIT\" 1 2", page, StringComparison.Ordinal);
        foreach (var expected in (string[])[".SS \"audit export\"", "\\fB\\-\\-output\\fR", ".SH \"EXIT STATUS\"", "KOHAKU_HOST"])
        {
            Assert.Contains(expected, page, StringComparison.Ordinal);
        }

        Assert.Equal(page, (await cli.RunAsync("man", "audit", "export")).Expect(ExitCodes.Done).Output);
        Assert.Contains("'exprt'", (await cli.RunAsync("man", "audit", "exprt")).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("not a command", (await cli.RunAsync("man", "docker")).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
    }

    // What a new shell of the user offers; "_" stands for a blank, and "|" is between several.
    private async Task ExpectAsync(string shell, string line, string expected, int column, string script)
    {
        var columns = expected.Split(' ');
        var isOne = columns.Length < 4;

        // A host that a busy machine lets answer late offers nothing; that is meant, and is not what is looked at here.
        var offered = await OfferedAsync(shell, line, script);
        for (var again = 0; offered.Length == 0 && expected.Length > 0 && again < 3; again++)
        {
            offered = await OfferedAsync(shell, line, script);
        }

        Assert.Equal(
            isOne
                ? expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                : columns[column].Split('|').Select(w => w.Replace('_', ' ')),
            offered.Order(StringComparer.Ordinal));
        Assert.False(File.Exists(cli.TempPath("ran")));
    }

    private async Task<string[]> OfferedAsync(string shell, string line, string script)
    {
        FormTests.RequireProgram(shell);
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http, http.Request.Path.Value!.EndsWith("/groups", StringComparison.Ordinal)
                ? """[{"id":1,"name":"lab two"},{"id":2,"name":"lab"}]"""
                : """[{"username":"ann"},{"username":"o'neil"},{"username":"$(touch ran)"}]"""));
        cli.Environment["KOHAKU_HOST"] = host.Address;
        cli.Environment["line"] = line;
        await cli.State.UpdateAsync(s => s.With("https://stored.example.org", new HostLogin { Token = "t" }), CancellationToken.None);
        (await cli.RunAsync("completion", "install", shell)).Expect(ExitCodes.Done);

        var run = await CliProcess.RunProgramAsync(
            cli, "sh", "", "-c", "chmod +x \"${PATH%%:*}/kohakuriver\"; cd \"${KOHAKU_HOME%/*}\"; exec \"$@\"", "sh", shell, "-c", script);
        return run.Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<Dictionary<string, string>> ContentsAsync()
    {
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(home, "*", SearchOption.AllDirectories))
        {
            contents[path] = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        }

        return contents;
    }
}
