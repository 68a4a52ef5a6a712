using System.Diagnostics;
using System.Text;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>The command in a pseudo-terminal (util-linux <c>script</c>), with somebody who waits for a question and answers it.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder seen = new();
    private readonly char[] buffer = new char[4096];
    private int answered;

    private Terminal(TestCli cli, string commandLine, int? rows)
    {
        // Whoever starts the tests in the background may have them ignore the interrupt, and what is ignored is inherited: Ctrl-C would be
        // waited for in vain.
        var info =
            CliProcess.Info(cli, "env", ["--default-signal=INT,QUIT", "script", "-qefc", (rows is null ? "" : $"stty rows {rows} "
                + $"columns 100; ") + "exec " + commandLine, "/dev/null"]);
        info.Environment["TERM"] = cli.Environment.GetValueOrDefault("TERM", "xterm");

        // The same shell everywhere, and none that stays in between: one that waits for a child dies of the Ctrl-C meant for the child.
        info.Environment["SHELL"] = "/bin/sh";
        process = Process.Start(info)!;
    }

    /// <summary>All that stood on the screen so far.</summary>
    internal string Screen => seen.ToString();

    /// <summary>
    /// Starts the command, or skips the test where there is no <c>script</c>; with <c>KOHAKU_REQUIRE_ALL=1</c> that is a failure.
    /// </summary>
    internal static Terminal Start(TestCli cli, params string[] arguments)
    {
        RequireScript();
        return new Terminal(cli, LineOf(arguments), rows: null);
    }

    /// <summary>As <see cref="Start"/>, in a terminal of that many lines.</summary>
    internal static Terminal StartSized(TestCli cli, int rows, params string[] arguments)
    {
        RequireScript();
        return new Terminal(cli, LineOf(arguments), rows);
    }

    private static void RequireScript()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.False(Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1", "The program 'script' (util-linux) is missing.");
            Assert.Skip("The program 'script' (util-linux) is missing: no pseudo-terminal.");
        }
    }

    private static string LineOf(string[] arguments) =>
        string.Join(' ', arguments.Prepend(Built.PathOf("Cli")).Prepend("dotnet").Select(a => $"'{a}'"));

    /// <summary>Waits until the question is there, then types.</summary>
    internal async Task AnswerAsync(string question, string typed)
    {
        using var limit = new CancellationTokenSource(Patience);
        int at;
        while ((at = Screen.IndexOf(question, answered, StringComparison.Ordinal)) < 0)
        {
            var count = await process.StandardOutput.ReadAsync(buffer, limit.Token);
            Assert.True(count > 0, $"'{question}' was never asked: {Screen}");
            seen.Append(buffer, 0, count);
        }

        answered = at + question.Length;
        await process.StandardInput.WriteAsync(typed);
        await process.StandardInput.FlushAsync(limit.Token);
    }

    /// <summary>Waits for the end.</summary>
    internal async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadAsync(buffer, limit.Token) is > 0 and var count)
        {
            seen.Append(buffer, 0, count);
        }

        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
