using KohakuRiver.Cli;

return VersionCommand.Answer(args) ?? Run(args);

// Apart, so that what it uses is not loaded for an answer that does not need it.
static int Run(string[] arguments)
{
    var terminal = new SystemTerminal();
    using var stop = new CancellationTokenSource();

    // The first Ctrl-C lets a command end gracefully; at a prompt, and the second time, it ends the process.
    Console.CancelKeyPress += (_, pressed) =>
    {
        if (terminal.IsPaging)
        {
            pressed.Cancel = true;
        }
        else if (!terminal.IsAsking && !stop.IsCancellationRequested)
        {
            pressed.Cancel = true;
            stop.Cancel();
        }
        else
        {
            terminal.Restore();
        }
    };
    AppDomain.CurrentDomain.ProcessExit += (_, _) => terminal.Restore();
    return CliApp.RunAsync(arguments, CliContext.OfProcess(terminal), stop.Token).GetAwaiter().GetResult();
}
