namespace KohakuRiver.Cli;

/// <summary>The exit codes of the process. Scripts depend on these numbers.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;

    /// <summary>The host refused, or the work failed.</summary>
    internal const int Failed = 1;

    /// <summary>The command line is wrong, or it needs input without a terminal.</summary>
    internal const int Usage = 2;

    internal const int NotLoggedIn = 3;

    /// <summary>Nothing responded, or not a KohakuRiver host.</summary>
    internal const int Unreachable = 4;

    /// <summary>What was waited for did not come in the time allowed, as <c>timeout</c> counts it.</summary>
    internal const int TimedOut = 124;

    /// <summary>Whoever read standard output is gone, as shells count it: 128 + SIGPIPE.</summary>
    internal const int OutputClosed = 141;

    /// <summary>Interrupted, as shells count it: 128 + SIGINT.</summary>
    internal const int Interrupted = 130;
}
