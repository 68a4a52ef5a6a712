using System.Text;

namespace KohakuRiver.Cli;

/// <summary>The terminal of the process.</summary>
internal sealed class SystemTerminal : ITerminal
{
    private const int UsualWidth = 80;
    private volatile bool isAsking;
    private volatile bool isPaging;

    internal SystemTerminal()
    {
        // Names and output are UTF-8 regardless of the locale; a byte-order mark does not belong in a pipe.
        if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        Out = OutIsTerminal
            ? Console.Out
            : TextWriter.Synchronized(new StreamWriter(StandardOutput.Open(), new UTF8Encoding(false)) { AutoFlush = true });
    }

    public TextWriter Out { get; }

    public TextWriter Error => Console.Error;

    public bool CanAsk => !Console.IsInputRedirected && ErrorIsTerminal;

    public bool OutIsTerminal => !Console.IsOutputRedirected;

    public bool ErrorIsTerminal => !Console.IsErrorRedirected;

    public int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    public int Height
    {
        get
        {
            try
            {
                return Console.WindowHeight is > 0 and var height ? height : int.MaxValue;
            }
            catch (IOException)
            {
                return int.MaxValue;
            }
        }
    }

    /// <summary>Whether a pager has the terminal: Ctrl-C is the pager's then.</summary>
    internal bool IsPaging => isPaging;

    /// <summary>Whether it waits for input: Ctrl-C then ends the process at once.</summary>
    internal bool IsAsking => isAsking;

    /// <summary>
    /// Leaves the terminal as it was: the cursor is shown again, where a spinner that is not to end any more has hidden it, and the keys
    /// send what they sent, which the framework changes and does not change back.
    /// </summary>
    internal void Restore()
    {
        if (Spinner.HidesCursor && ErrorIsTerminal)
        {
            Error.Write("\u001b[?25h");
            Error.Flush();
        }

        if (OutIsTerminal && !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"))
        {
            Out.Write("\u001b[?1l\u001b>");
            Out.Flush();
        }
    }

    public string? ReadLine(string? prompt = null)
    {
        isAsking = true;
        try
        {
            Prompt(prompt);
            return Console.In.ReadLine();
        }
        finally
        {
            isAsking = false;
        }
    }

    public string? ReadSecret(string prompt)
    {
        isAsking = true;
        try
        {
            Prompt(prompt);
            return ReadKeys();
        }
        finally
        {
            isAsking = false;
        }
    }

    public Stream OpenOut() => StandardOutput.Open();

    public bool Page(string text)
    {
        if (!CanAsk || !OutIsTerminal)
        {
            return false;
        }

        isPaging = true;
        try
        {
            return Pager.Show(text);
        }
        finally
        {
            isPaging = false;
        }
    }

    public IDisposable? WhenOutCloses(Action callback) => StandardOutput.WhenClosed(callback);

    // Looking for a key disables the terminal's echo. If done only after the prompt, a secret typed or pasted at once would be shown,
    // and anything else shown twice.
    private void Prompt(string? prompt)
    {
        if (prompt is null)
        {
            return;
        }

        if (!Console.IsInputRedirected)
        {
            _ = Console.KeyAvailable;
        }

        Error.Write(prompt);
        Error.Flush();
    }

    private string? ReadKeys()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Error.WriteLine();
                    return typed.ToString();
                case ConsoleKey.D when key.Modifiers == ConsoleModifiers.Control && typed.Length == 0:
                    Error.WriteLine();
                    return null;
                case ConsoleKey.U when key.Modifiers == ConsoleModifiers.Control:
                    typed.Clear();
                    break;
                case ConsoleKey.Backspace:
                    RemoveLast(typed);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        typed.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }

    // A character outside the basic plane is two chars.
    private static void RemoveLast(StringBuilder typed)
    {
        if (typed.Length > 0)
        {
            var two = typed.Length > 1 && char.IsLowSurrogate(typed[^1]) && char.IsHighSurrogate(typed[^2]);
            typed.Length -= two ? 2 : 1;
        }
    }
}
