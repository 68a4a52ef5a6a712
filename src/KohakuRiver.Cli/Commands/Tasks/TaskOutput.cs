namespace KohakuRiver.Cli;

/// <summary>The output of tasks: unchanged in files and pipes, and with escape sequences made visible on a terminal.</summary>
internal static class TaskOutput
{
    internal static void Write(InvocationContext run, string? stdout, string? stderr, bool isRaw = false)
    {
        run.Terminal.Out.Write(run.Terminal.OutIsTerminal && !isRaw ? SafeText.Lines(stdout) : stdout);
        run.Terminal.Out.Flush();
        run.Terminal.Error.Write(run.Terminal.ErrorIsTerminal && !isRaw ? SafeText.Lines(stderr) : stderr);
        run.Terminal.Error.Flush();
    }
}
