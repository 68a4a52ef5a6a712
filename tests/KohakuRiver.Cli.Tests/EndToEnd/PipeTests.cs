using System.Globalization;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>Results into programs that stop reading.</summary>
public sealed class PipeTests
{
    private const string Row = """{"task_id":"7","status":"running","stdout":"one\n","command":"x"}""";

    [Theory]
    [InlineData("approvals watch --json", "head -n 1")]
    [InlineData("approvals watch", "head -n 1")]
    [InlineData("tasks logs 7 --follow", "head -n 1")]
    [InlineData("audit export --format jsonl", "head -n 1")]
    public async Task Reader_ThatIsGone_EndsTheCommandSilentlyAndAtOnce(string line, string reader)
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address);
        var shell = $"dotnet '{Built.PathOf("Cli")}' {line} | {reader}; echo \"${{PIPESTATUS[0]}}\"";

        var run = await CliProcess.RunProgramAsync(cli, "timeout", "", "60", "bash", "-c", shell);

        Assert.Equal(
            ExitCodes.OutputClosed.ToString(CultureInfo.InvariantCulture),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Empty(run.Errors);
    }

    // The framework looks for a program in the current directory first, and what lies there may be somebody else's.
    [Fact]
    public async Task Programs_OfTheCurrentDirectory_AreNotRun()
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address);
        var folder = Directory.CreateDirectory(cli.TempPath("planted")).FullName;
        foreach (var name in (string[])["tail", "jq", "less"])
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), $"#!/bin/sh\ntouch '{folder}/ran'\n");
        }

        var shell = $"cd '{folder}'; chmod +x *; dotnet '{Built.PathOf("Cli")}' approvals watch --json | head -n 1; "
            + $"dotnet '{Built.PathOf("Cli")}' nodes list --jq .";

        await CliProcess.RunProgramAsync(cli, "timeout", "", "60", "bash", "-c", shell);

        Assert.False(File.Exists(Path.Combine(folder, "ran")));
    }

    [Fact]
    public async Task Writers_OfOneFile_DoNotOverwriteEachOther()
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address);
        var file = cli.TempPath("out");
        var command = $"dotnet '{Built.PathOf("Cli")}' version";

        (await CliProcess.RunProgramAsync(cli, "bash", "", "-c", $"{{ {command}; {command}; }} > '{file}'")).Expect(ExitCodes.Done);

        Assert.Equal(2, (await File.ReadAllLinesAsync(file)).Length);
    }

    [Theory]
    [InlineData("users list --limit x", ExitCodes.Usage)]
    [InlineData("nodes list", ExitCodes.Done)]
    [InlineData("auth whoami --host http://127.0.0.1:9", ExitCodes.Unreachable)]
    public async Task StandardError_ThatIsClosed_ChangesNoExitCode(string line, int exitCode)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        using var cli = new TestCli(host.Address);

        (await CliProcess.RunProgramAsync(cli, "sh", "", "-c", $"exec dotnet '{Built.PathOf("Cli")}' {line} 2>&-")).Expect(exitCode);
    }

    [Fact]
    public async Task Version_AnsweredWithoutTheParser_IsThatOfTheCommandAndEndsAsOthersDo()
    {
        using var cli = new TestCli();
        var command = $"dotnet '{Built.PathOf("Cli")}' --version";

        var asked = (await CliProcess.RunAsync(cli, "", "--version")).Expect(ExitCodes.Done);
        Assert.Equal((await CliProcess.RunAsync(cli, "", "version")).Expect(ExitCodes.Done).Output, asked.Output);
        Assert.Matches(@"\A[0-9]+\.[0-9]+\.[0-9]+[^\s]*\r?\n\z", asked.Output);
        Assert.Equal(
            $"{ExitCodes.Failed}\n",
            (await CliProcess.RunProgramAsync(cli, "bash", "", "-c", $"{command} > /dev/full; echo $?")).Output);
        Assert.Equal(
            $"{ExitCodes.OutputClosed}\n",
            (await CliProcess.RunProgramAsync(
                cli, "bash", "", "-c", $"mkfifo gone; {{ sleep 1; {command}; echo $? >&3; }} 3>&1 1>gone & true < gone; wait")).Output);
    }

    [Fact]
    public async Task Change_WhoseReaderIsGone_IsMadeNevertheless()
    {
        var isMade = new TaskCompletionSource();
        await using var host = await FakeHost.StartAsync(async http =>
        {
            await FakeHost.JsonAsync(http, """{"message":"ok","task_ids":["7"],"status":"pending"}""");
            isMade.SetResult();
        });
        using var cli = new TestCli(host.Address);
        var shell = $"dotnet '{Built.PathOf("Cli")}' tasks submit -- x | true";

        await CliProcess.RunProgramAsync(cli, "bash", "", "-c", shell);

        Assert.True(isMade.Task.IsCompletedSuccessfully);
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/api/tasks/pending-approval/events":
                http.Response.ContentType = "text/event-stream";
                await http.Response.WriteAsync("event: count\ndata: 1\n\n");
                await http.Response.Body.FlushAsync();
                await FakeHost.UntilGoneAsync(http);
                break;
            case "/api/auth/audit":
                http.Response.ContentType = "application/jsonl";
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await http.Response.WriteAsync(new string('x', 1000) + "\n");
                }

                break;
            case "/api/tasks/7":
                await FakeHost.JsonAsync(http, Row);
                break;
            default:
                await FakeHost.JsonAsync(http, $"[{Row}]");
                break;
        }
    }
}
