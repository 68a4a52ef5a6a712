namespace KohakuRiver.Cli;

/// <summary>Where a command reads and writes.</summary>
internal interface ITerminal
{
    /// <summary>Results.</summary>
    TextWriter Out { get; }

    /// <summary>Questions, progress, warnings and errors, so that results can be piped.</summary>
    TextWriter Error { get; }

    /// <summary>Whether somebody sits there who can be asked: input and messages both are a terminal.</summary>
    bool CanAsk { get; }

    bool OutIsTerminal { get; }

    bool ErrorIsTerminal { get; }

    /// <summary>In characters; of no meaning where <see cref="OutIsTerminal"/> is false.</summary>
    int Width { get; }

    /// <summary>A line of input; null at its end.</summary>
    /// <param name="prompt">What is asked; null where nobody is.</param>
    string? ReadLine(string? prompt = null);

    /// <summary>A line typed unseen; null at the end of input. Only where <see cref="CanAsk"/>.</summary>
    /// <param name="prompt">Is written once nothing typed is shown any longer.</param>
    string? ReadSecret(string prompt);

    /// <summary>Bytes of results, for exports.</summary>
    Stream OpenOut();
}
