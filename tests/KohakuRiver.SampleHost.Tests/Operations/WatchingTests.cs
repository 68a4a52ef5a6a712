using System.Globalization;
using System.Text;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>What is printed for looking at a running host from outside.</summary>
public sealed class WatchingTests : IDisposable
{
    private const string Password = "nine slow herons at the mill";
    private const string Master = "the master secret of these tests only";
    private const string Project = "dotnet run --project samples/KohakuRiver.SampleHost -- ";
    private const string PrintedHost = "http://localhost:8000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TempFolder folder = new();
    private readonly Shell shell;

    public WatchingTests()
    {
        shell = new Shell(folder.Path);
        shell.Variables["KOHAKU_AUTH_DB"] = folder.File("kohakuriver.db");
        shell.Variables["ADMIN_SECRET"] = Master;
        shell.Variables["KohakuAuth__Passwords__WorkFactor"] = "10";

        // Running programs are found by sockets in this folder: here by this host's only, as a tool asks for it by name.
        shell.Variables["TMPDIR"] = folder.Path;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(PrintedBlock.Trait, "counters")]
    [Trait(PrintedBlock.Trait, "metrics")]
    [Trait(PrintedBlock.Trait, "metrics-output")]
    public async Task Host_WatchedAsPrinted_ShowsItsMetrics()
    {
        shell.Require("curl");
        var lines = PrintedBlock.Get("metrics").With((PrintedHost, "$HOST")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(Project, lines[0], StringComparison.Ordinal);

        // The program that the project builds; building it is not what is looked at here.
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HostProcess.FreePort()}"));
        var program = Path.ChangeExtension(HostProcess.ProgramPath(), null);
        var isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = shell.Start($"exec {program} {lines[0][Project.Length..]} --urls {address}", line =>
        {
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                isUp.TrySetResult();
            }
        });
        try
        {
            await isUp.Task.WaitAsync(Patience, Ct);
            shell.Variables["HOST"] = address.ToString().TrimEnd('/');
            await AssertMetricsAsync(address, lines[1]);
            await AssertCountersAsync();
        }
        finally
        {
            host.Kill(entireProcessTree: true);
            await host.WaitForExitAsync(Ct);
        }
    }

    public void Dispose() => folder.Dispose();

    private async Task AssertMetricsAsync(Uri address, string command)
    {
        await Operator.AddUserAsync(address, Master, "root", Password, "admin");
        using var root = new Person(address);
        await root.PostAsync(
            "/api/auth/login", new { username = "root", password = "not the password at all" }, System.Net.HttpStatusCode.Unauthorized);
        await root.PostAsync("/api/auth/login", new { username = "root", password = Password });
        shell.Variables["TOKEN"] = (string)(await root.PostAsync("/api/auth/tokens/create", new { name = "prometheus" }))["token"]!;

        var shown = await shell.RunAsync(command.Replace("curl ", "curl -fsS ", StringComparison.Ordinal));

        var version = typeof(Auth.KohakuAuthDiagnostics).Assembly.GetName().Version!.ToString(3);
        var printed = PrintedBlock.Get("metrics-output").With(("\"0.1.0\"", $"\"{version}\""));
        foreach (var line in printed.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(line, shown, StringComparison.Ordinal);
        }
    }

    private async Task AssertCountersAsync()
    {
        var lines = PrintedBlock.Get("counters").Code.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);

        // Global means in the home of whoever asks.
        shell.Variables["DOTNET_CLI_HOME"] = folder.File("home");
        shell.Programs.Add(folder.File("home/.dotnet/tools"));
        var (exitCode, output) = await shell.TryAsync(lines[0]);
        if (exitCode != 0)
        {
            Shell.SkipOrFail("The tool cannot be installed here: " + output);
        }

        var screen = new StringBuilder();
        var isShown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var tool = shell.Start("exec " + lines[1], line =>
        {
            screen.AppendLine(line);
            if (line.Contains("kohaku_river.auth.password_hash", StringComparison.Ordinal))
            {
                isShown.TrySetResult();
            }
        });
        try
        {
            await Task.WhenAny(isShown.Task, tool.WaitForExitAsync(Ct)).WaitAsync(Patience, Ct);
            Assert.True(isShown.Task.IsCompleted, screen.ToString());
        }
        finally
        {
            tool.Kill(entireProcessTree: true);
            await tool.WaitForExitAsync(Ct);
        }
    }
}
