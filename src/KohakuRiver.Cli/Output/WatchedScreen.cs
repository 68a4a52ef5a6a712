using System.Globalization;
using System.Text;

namespace KohakuRiver.Cli;

/// <summary>A terminal on which one text takes the place of another, without flicker and as far as there is room.</summary>
internal static class WatchedScreen
{
    private const string Home = "\u001b[H";
    private const string EraseAll = "\u001b[2J";
    private const string EraseLine = "\u001b[K";
    private const string EraseRest = "\u001b[J";

    // The line with the time, the line that counts the rest, and the cursor's.
    private const int OtherLines = 3;

    internal static void Draw(ITerminal terminal, string text, DateTimeOffset now, bool isFirst)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var room = Math.Max(1, terminal.Height - OtherLines);
        var screen = new StringBuilder(isFirst ? EraseAll : "").Append(Home)
            .Append(now.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)).Append("  Ctrl-C ends").Append(EraseLine)
            .Append('\n');
        foreach (var line in lines.Take(room))
        {
            screen.Append(line).Append(EraseLine).Append('\n');
        }

        if (lines.Length > room)
        {
            screen.Append(CultureInfo.InvariantCulture, $"… {lines.Length - room} more lines").Append(EraseLine).Append('\n');
        }

        terminal.Out.Write(screen.Append(EraseRest).ToString());
        terminal.Out.Flush();
    }
}
