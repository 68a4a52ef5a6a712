namespace KohakuRiver.Cli;

/// <summary>Where a command reads and writes.</summary>
internal interface ITerminal
{
    /// <summary>Results.</summary>
    TextWriter Out { get; }

    /// <summary>Questions, progress, warnings and errors, so that results can be piped.</summary>
    TextWriter Error { get; }

    /// <summary>Whether a user can be asked: both input and messages are a terminal.</summary>
    bool CanAsk { get; }

    bool OutIsTerminal { get; }

    bool ErrorIsTerminal { get; }

    /// <summary>The width in characters; meaningless where <see cref="OutIsTerminal"/> is false.</summary>
    int Width { get; }

    /// <summary>The height in lines; meaningless where <see cref="OutIsTerminal"/> is false.</summary>
    int Height { get; }

    /// <summary>Shows text that is longer than the terminal page by page.</summary>
    /// <returns>Whether it was shown; false where there is no pager, or nobody to turn pages.</returns>
    bool Page(string text);

    /// <summary>A line of input; null at the end of input.</summary>
    /// <param name="prompt">The prompt; null for none.</param>
    string? ReadLine(string? prompt = null);

    /// <summary>A line typed without echo; null at the end of input. Only where <see cref="CanAsk"/>.</summary>
    /// <param name="prompt">The prompt, written once echo is off.</param>
    string? ReadSecret(string prompt);

    /// <summary>Standard output as bytes, for exports.</summary>
    Stream OpenOut();

    /// <summary>Calls back once the program that reads standard output is gone; never where no program does.</summary>
    /// <returns>Ends the watch; null where there is none.</returns>
    IDisposable? WhenOutCloses(Action callback);
}
