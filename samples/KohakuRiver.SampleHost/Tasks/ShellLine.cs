using System.Text;
using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>
/// A line as people type it for a shell. It is taken apart by the shell's rules of quoting, and nothing in it is expanded: no variable, no
/// pattern, no command. What would need a shell to run is refused rather than passed on as an argument that nobody meant.
/// </summary>
internal static class ShellLine
{
    private const string Blanks = " \t";
    private const string Operators = "|&;<>()\r\n";
    private const string Escapable = "$`\"\\";
    private const int LongestShown = 300;

    /// <summary>Whether there is anything in it to take apart.</summary>
    public static bool IsOne(string command) => command.AsSpan().IndexOfAny(Blanks + Operators + "'\"\\") >= 0;

    /// <summary>Its words, at least one. Refusals: Invalid (<c>command</c>).</summary>
    public static KohakuResult<IReadOnlyList<string>> Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var end = line.AsSpan().TrimEnd("\r\n").Length;
        for (var i = 0; i < end; i++)
        {
            var c = line[i];
            if (Blanks.Contains(c, StringComparison.Ordinal))
            {
                Finish();
                continue;
            }

            if (Operators.Contains(c, StringComparison.Ordinal))
            {
                var name = c is '\r' or '\n' ? "A line break" : $"An unquoted {c}";
                return Refuse($"{name} needs a shell, and this host runs programs without one. Put it in quotes, or send one command.");
            }

            word ??= new StringBuilder();
            if (c == '\'')
            {
                var close = line.IndexOf('\'', i + 1);
                if (close < 0)
                {
                    return Refuse("A ' is not closed.");
                }

                word.Append(line, i + 1, close - i - 1);
                i = close;
            }
            else if (c == '"')
            {
                i = ReadDouble(line, i + 1, word);
                if (i < 0)
                {
                    return Refuse("A \" is not closed.");
                }
            }
            else if (c == '\\')
            {
                if (++i >= end)
                {
                    return Refuse("Nothing follows the last \\.");
                }

                word.Append(line[i] == '\n' ? "" : line[i].ToString());
            }
            else
            {
                word.Append(c);
            }
        }

        Finish();
        return words.Count > 0 ? words : Refuse("A command is needed.");

        void Finish()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }

    /// <summary>Words as one line that a shell would take apart in the same way; a long one ends with an ellipsis.</summary>
    public static string Join(IReadOnlyList<string> words)
    {
        var line = string.Join(' ', words.Select(Quote));
        return line.Length <= LongestShown ? line : line[..LongestShown] + "…";
    }

    // Returns the place of the closing quote, or -1. A backslash is itself, except before what it can escape there.
    private static int ReadDouble(string line, int start, StringBuilder word)
    {
        for (var i = start; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '"':
                    return i;
                case '\\' when i + 1 < line.Length && line[i + 1] == '\n':
                    i++;
                    break;
                case '\\' when i + 1 < line.Length && Escapable.Contains(line[i + 1], StringComparison.Ordinal):
                    word.Append(line[++i]);
                    break;
                default:
                    word.Append(line[i]);
                    break;
            }
        }

        return -1;
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "@%+=:,./_-".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static KohakuResult<IReadOnlyList<string>> Refuse(string why) => Refusal.Field("command", why);
}
