namespace KohakuRiver.Cli;

/// <summary>
/// The output of tasks: unchanged in files and pipes, and on a terminal with its colours, but with other escape sequences made visible.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="isRaw">Whether it is trusted on a terminal, too.</param>
internal sealed class TaskOutput(InvocationContext run, bool isRaw)
{
    private readonly LogText? shownOut = run.Terminal.OutIsTerminal && !isRaw ? new LogText(run.Output.HasColour(isError: false)) : null;
    private readonly LogText? shownError = run.Terminal.ErrorIsTerminal && !isRaw ? new LogText(run.Output.HasColour(isError: true)) : null;

    /// <summary>The whole output of something that is over.</summary>
    internal static void WriteAll(InvocationContext run, string? stdout, string? stderr)
    {
        var output = new TaskOutput(run, isRaw: false);
        output.Write(stdout, stderr);
        output.End();
    }

    /// <summary>The next piece of each.</summary>
    internal void Write(string? stdout, string? stderr)
    {
        run.Terminal.Out.Write(shownOut is null ? stdout : shownOut.Next(stdout));
        run.Terminal.Out.Flush();
        run.Terminal.Error.Write(shownError is null ? stderr : shownError.Next(stderr));
        run.Terminal.Error.Flush();
    }

    /// <summary>There is no more.</summary>
    internal void End()
    {
        run.Terminal.Out.Write(shownOut?.End());
        run.Terminal.Error.Write(shownError?.End());
    }
}
