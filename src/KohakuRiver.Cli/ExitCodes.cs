namespace KohakuRiver.Cli;

/// <summary>What the process says to the shell. Scripts depend on these numbers.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;

    /// <summary>The host refused, or the work failed.</summary>
    internal const int Failed = 1;

    /// <summary>The command was typed wrongly, or it needs an answer nobody can give here.</summary>
    internal const int Usage = 2;

    internal const int NotLoggedIn = 3;

    /// <summary>Nothing answered, or what answered is no KohakuRiver host.</summary>
    internal const int Unreachable = 4;

    /// <summary>Interrupted, as shells count it: 128 + SIGINT.</summary>
    internal const int Interrupted = 130;
}
