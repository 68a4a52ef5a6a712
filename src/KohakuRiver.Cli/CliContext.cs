namespace KohakuRiver.Cli;

/// <summary>The environment of a command, so that tests can replace it.</summary>
internal sealed class CliContext
{
    internal required ITerminal Terminal { get; init; }

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    internal required Func<string, string?> Environment { get; init; }

    internal required StateFile State { get; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal string MachineName { get; init; } = System.Environment.MachineName;

    internal static CliContext OfProcess(ITerminal terminal) => new()
    {
        Terminal = terminal,
        Environment = System.Environment.GetEnvironmentVariable,
        State = new StateFile(StateFile.FolderOf(System.Environment.GetEnvironmentVariable), TimeProvider.System, terminal.Error)
        {
            FormerHost = () => FormerAddress.OfEnvironment(System.Environment.GetEnvironmentVariable)?.Key ?? HostAddress.Default,
        },
    };
}
