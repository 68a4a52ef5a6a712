using System.Text.Json;

namespace KohakuRiver.Cli.Tests.Support;

/// <summary>One person at one machine: a state file of their own, and commands run in this process.</summary>
internal sealed class TestCli : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("kohaku-cli-");

    internal TestCli(string? host = null)
    {
        if (host is not null)
        {
            Environment["KOHAKU_HOST"] = host;
        }
    }

    internal Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    internal string Folder => Path.Combine(home.FullName, "state");

    internal string MachineName { get; init; } = "testbox";

    internal StateFile State => new(Folder, TimeProvider.System, TextWriter.Null);

    internal string TempPath(string name) => Path.Combine(home.FullName, name);

    internal Task<CliRun> RunAsync(params string[] arguments) => RunAsync(new FakeTerminal(), CancellationToken.None, arguments);

    /// <summary>With these lines on standard input.</summary>
    internal Task<CliRun> RunWithInputAsync(string[] lines, params string[] arguments) =>
        RunAsync(new FakeTerminal { Typed = new Queue<string>(lines) }, CancellationToken.None, arguments);

    internal async Task<CliRun> RunAsync(FakeTerminal terminal, CancellationToken cancellationToken, params string[] arguments)
    {
        var context = new CliContext
        {
            Terminal = terminal,
            Environment = name => Environment.GetValueOrDefault(name),
            State = new StateFile(Folder, TimeProvider.System, terminal.Error)
            {
                FormerHost = () => FormerAddress.OfEnvironment(name => Environment.GetValueOrDefault(name))?.Key ?? HostAddress.Default,
            },
            MachineName = MachineName,
        };

        // On a thread of its own, as in its process: it waits for the host by blocking.
        var ended = Task.Factory.StartNew(
            () => CliApp.RunAsync(arguments, context, cancellationToken),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        return new CliRun(await ended, terminal.Output, terminal.Errors);
    }

    /// <summary>Runs with <c>--json</c>, expects it to go well, and returns what it printed.</summary>
    internal async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync([.. AddJson(arguments)]);
        Assert.True(run.ExitCode == ExitCodes.Done, $"{string.Join(' ', arguments)}: {run}");
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }

    public void Dispose() => home.Delete(recursive: true);

    // Before "--", after which everything belongs to the task.
    private static IEnumerable<string> AddJson(string[] arguments)
    {
        var end = Array.IndexOf(arguments, "--");
        return end < 0 ? arguments.Append("--json") : arguments[..end].Append("--json").Concat(arguments[end..]);
    }
}
