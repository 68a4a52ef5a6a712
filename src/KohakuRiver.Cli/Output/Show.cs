using System.Globalization;
using System.Text;

namespace KohakuRiver.Cli;

/// <summary>Values in human-readable form. <c>--json</c> shows them as returned by the host.</summary>
internal static class Show
{
    private const int LongestRelative = 60;
    private const int MostNames = 10;
    private const double Kilo = 1024;

    /// <summary>In the local time zone, to the minute.</summary>
    internal static string? Time(DateTimeOffset? at) => at?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long ago, or until when; a date where that is long. Null for null.</summary>
    internal static string? Ago(DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } time)
        {
            return null;
        }

        var span = (now - time).Duration();
        var text = span.TotalMinutes < 1 ? null
            : span.TotalHours < 1 ? $"{(int)span.TotalMinutes} min"
            : span.TotalDays < 1 ? $"{(int)span.TotalHours} h"
            : span.TotalDays < LongestRelative ? $"{(int)span.TotalDays} d"
            : "";
        return text is null ? "now"
            : text.Length == 0 ? time.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : time <= now ? text + " ago" : "in " + text;
    }

    internal static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    internal static string YesNo(bool value) => value ? "yes" : "no";

    internal static string? Bytes(long? bytes)
    {
        if (bytes is not { } size)
        {
            return null;
        }

        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var unit = 0;
        double shown = size;
        for (; shown >= Kilo && unit < units.Length - 1; unit++)
        {
            shown /= Kilo;
        }

        return shown.ToString("0.#", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    /// <summary>What a question is about: "user ann", "users ann, bob", and how many where nobody would read them all.</summary>
    /// <param name="kind">What one is called.</param>
    /// <param name="names">Their names, at least one.</param>
    internal static string Counted(string kind, IReadOnlyList<string> names)
    {
        var all = kind + (names.Count == 1 ? " " : "s ") + Joined(names.Take(MostNames));
        return names.Count <= MostNames ? all : $"{names.Count} {all} and {names.Count - MostNames} more";
    }

    internal static string Joined(IEnumerable<string>? values) => string.Join(", ", values ?? []);

    /// <summary>A command as typed: arguments with blanks and similar in quotes.</summary>
    internal static string? CommandLine(string? command, IReadOnlyList<string>? arguments)
    {
        if (command is null)
        {
            return null;
        }

        var line = new StringBuilder(Quoted(command));
        foreach (var argument in arguments ?? [])
        {
            line.Append(' ').Append(Quoted(argument));
        }

        return line.ToString();
    }

    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "_-./:=@%+,".Contains(c, StringComparison.Ordinal))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
