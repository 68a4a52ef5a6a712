using System.Globalization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Instants as text: ISO 8601, written in UTC with <c>Z</c> and microseconds, read with any offset but never without one.
/// </summary>
internal static class InstantText
{
    internal const string Wanted = "must be a time such as " + Example;

    /// <summary>A time as it is wanted.</summary>
    internal const string Example = "2026-01-31T12:00:00Z";

    private const int Shortest = 20;
    private const int Longest = 33;

    internal static string Write(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    internal static bool TryParse(string? text, out DateTimeOffset value)
    {
        value = default;
        if (text is not { Length: >= Shortest and <= Longest } || !EndsWithOffset(text))
        {
            return false;
        }

        if (!DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
        {
            return false;
        }

        value = Instants.Cut(parsed);
        return true;
    }

    private static bool EndsWithOffset(string text) => text[^1] == 'Z' || (text[^6] is '+' or '-' && text[^3] == ':');
}
