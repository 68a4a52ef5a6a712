using KohakuRiver.Auth;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost.Tests;

public class AllowListTests
{
    [Fact]
    public void Executable_OfTheDefaultList_IsAFixedFile()
    {
        Assert.Equal("/usr/bin/echo", List().Find("echo"));
        Assert.Null(List().Refuse("echo"));
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("/usr/bin/echo")]
    [InlineData("../bin/echo")]
    [InlineData("ECHO")]
    [InlineData("echo ")]
    [InlineData("")]
    [InlineData(null)]
    public void Executable_OffTheList_IsRefused(string? name) => Assert.NotNull(List().Refuse(name));

    [Fact]
    public void Executable_AllowedButNotInstalled_IsRefusedAsSuch()
    {
        var list = List("there-is-no-such-program", "/usr/bin/env");

        Assert.Contains("not installed", list.Refuse("there-is-no-such-program"), StringComparison.Ordinal);
        Assert.Equal("/usr/bin/env", list.Find("env"));
        Assert.NotNull(list.Refuse("echo"));
    }

    [Theory]
    [InlineData("date", "-f", "/etc/passwd")]
    [InlineData("date", "--file=/etc/passwd")]
    [InlineData("date", "--fi=/etc/passwd")]
    [InlineData("date", "-uf/etc/passwd")]
    [InlineData("date", "-s", "12:00")]
    [InlineData("date", "01010000")]
    [InlineData("date", "-r", "/etc/shadow")]
    [InlineData("hostname", "-F", "/etc/passwd")]
    [InlineData("hostname", "other")]
    [InlineData("nvidia-smi", "-r")]
    [InlineData("nvidia-smi", "-L", "-f", "/tmp/out")]
    [InlineData("echo", "a\0b")]
    public void Argument_ThatReadsFilesOrChangesTheMachine_IsRefused(string command, params string[] arguments) =>
        Assert.NotNull(new FieldFaults().CheckArguments(command, arguments).ToRefusal());

    [Theory]
    [InlineData("date", "-u", "+%s %N")]
    [InlineData("date", "--date=tomorrow")]
    [InlineData("hostname", "-f")]
    [InlineData("nvidia-smi", "--query-gpu=name", "--format=csv")]
    [InlineData("echo", "-f", "/etc/passwd", "$(id)")]
    [InlineData("uname", "-a")]
    public void Argument_ThatOnlyShows_Passes(string command, params string[] arguments) =>
        Assert.Null(new FieldFaults().CheckArguments(command, arguments).ToRefusal());

    [Theory]
    [InlineData("LD_PRELOAD", "x")]
    [InlineData("PATH", "/tmp")]
    [InlineData("KOHAKU_TASK_OWNER", "admin")]
    [InlineData("1A", "x")]
    [InlineData("A=B", "x")]
    [InlineData("", "x")]
    [InlineData("A", null)]
    [InlineData("A", "x\0y")]
    public void Variable_ThatSteersThePrograms_IsRefused(string name, string? value) =>
        Assert.NotNull(
            new FieldFaults().CheckVariables(new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value }).ToRefusal());

    [Fact]
    public void Variable_OfAnOrdinaryName_Passes() =>
        Assert.Null(new FieldFaults().CheckVariables(new Dictionary<string, string?>(StringComparer.Ordinal) { ["_my_VAR1"] = "a b\n" })
            .ToRefusal());

    private static ExecutableList List(params string[] entries) =>
        new(Options.Create(new SampleHostOptions { AllowedExecutables = entries.Length == 0 ? null : entries }));
}
