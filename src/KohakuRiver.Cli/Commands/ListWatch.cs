namespace KohakuRiver.Cli;

/// <summary><c>--watch</c>: a list again and again, in the same place of a terminal, or as a line of JSON for each change.</summary>
internal static class ListWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <param name="run">The run.</param>
    /// <param name="look">Shows the list once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static Task<int> RunAsync(InvocationContext run, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        if (run.Output.IsData ? !run.Output.Format.IsForStreams : !run.Terminal.OutIsTerminal)
        {
            throw CliException.Usage(run.Output.IsData
                ? "--watch shows tables on a terminal, or lines of JSON with --json; in no other form."
                : "--watch needs a terminal, or --json.");
        }

        return run.FollowAsync(
            async stop =>
            {
                await LookAgainAsync(run, look, stop);
                return ExitCodes.Done;
            },
            cancellationToken);
    }

    private static async Task LookAgainAsync(InvocationContext run, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        var outage = new Outage(run);
        for (var isFirst = true; ;)
        {
            try
            {
                await run.Output.LookAsync(() => look(cancellationToken));
                outage.End();
                isFirst = false;
            }
            catch (CliException fault) when (!isFirst && Outage.IsOne(fault))
            {
                await outage.WaitAsync(fault, cancellationToken);
                continue;
            }

            await Task.Delay(Pause, run.Clock, cancellationToken);
        }
    }
}
