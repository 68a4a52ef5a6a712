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

    // What a new shell of the user offers after the installation.
    [Theory]
    [InlineData("fish", "complete -C 'true; kohakuriver tasks list --status pend'")]
    [InlineData("bash", """
        . ~/.bashrc; COMP_LINE='kohakuriver tasks list --status pend' COMP_WORDS=(kohakuriver tasks list --status pend) COMP_CWORD=4
        COMP_POINT=${#COMP_LINE}; _kohakuriver; printf '%s\n' "${COMPREPLY[@]}"
        """)]
    [InlineData("zsh", """
        autoload -Uz compinit; compinit -u -D; . ~/.zshrc; (( $+_comps[kohakuriver] )) || exit 9
        compadd() { print -l -- ${(P)2} }
        words=(kohakuriver tasks list --status pend); CURRENT=5 PREFIX=pend; $_comps[kohakuriver]
        """)]
    public async Task Shell_AfterTheInstallation_Completes(string shell, string line)
    {
        FormTests.RequireProgram(shell);
        (await cli.RunAsync("completion", "install", shell)).Expect(ExitCodes.Done);

        var run = await CliProcess.RunProgramAsync(
            cli, "sh", "", "-c", "chmod +x \"${PATH%%:*}/kohakuriver\"; exec \"$@\"", "sh", shell, "-c", line);

        Assert.Equal(
            ["pending", "pending_approval"], run.Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
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

        Assert.Contains("not a command", (await cli.RunAsync("man", "docker")).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
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
