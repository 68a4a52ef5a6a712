namespace KohakuRiver.Cli;

/// <summary>Waits out a host that is away for a while: says so, and lets pauses grow until it is back.</summary>
internal sealed class Outage(InvocationContext run)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private TimeSpan pause = ShortestPause;

    /// <summary>Whether trying again may help: nothing answers, or a proxy or the host says that it is busy.</summary>
    internal static bool IsOne(CliException fault) => fault.ExitCode == ExitCodes.Unreachable || fault.Status is 429 or >= 500;

    /// <summary>The host answered.</summary>
    internal void End() => pause = ShortestPause;

    /// <summary>Says what is the matter, and waits.</summary>
    internal async Task WaitAsync(CliException fault, CancellationToken cancellationToken)
    {
        run.Output.Note($"{fault.Message} Trying again in {pause.TotalSeconds:0} s.");
        var now = pause;
        pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        await Task.Delay(now, run.Clock, cancellationToken);
    }
}
