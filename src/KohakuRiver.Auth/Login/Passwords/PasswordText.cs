using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>The one place where sent text becomes a password: Unicode form NFC, well-formed, without NUL, bounded.</summary>
internal static class PasswordText
{
    /// <summary>
    /// The number of UTF-16 units beyond which text is refused unread: 256 characters decompose to far fewer, and normalizing
    /// more would be wasted work.
    /// </summary>
    internal const int LongestSent = 4096;

    /// <summary>
    /// False where the process runs in invariant globalization mode: <see cref="string.Normalize()"/> does nothing there, and
    /// a password set on such a host would be a different one elsewhere.
    /// </summary>
    internal static bool CanNormalize { get; } = string.Equals("e\u0301".Normalize(), "\u00e9", StringComparison.Ordinal);

    /// <summary>The NFC form; false for what cannot be a password.</summary>
    internal static bool TryNormalize(string sent, [NotNullWhen(true)] out string? password)
    {
        password = null;
        if (sent.Length > LongestSent || sent.Contains('\0') || HasLoneSurrogate(sent))
        {
            return false;
        }

        try
        {
            password = sent.Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException)
        {
            // Normalization refuses some noncharacters (U+FFFE).
            return false;
        }
    }

    /// <summary>Whether two sent texts are one password, however each was typed; false where one cannot be a password.</summary>
    internal static bool AreSame(string one, string other) =>
        TryNormalize(one, out var first) && TryNormalize(other, out var second) && string.Equals(first, second, StringComparison.Ordinal);

    /// <summary>The number of Unicode code points in a well-formed text.</summary>
    internal static int CountCodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>The first <paramref name="length"/> UTF-16 units, one less where that would cut a character in half.</summary>
    internal static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    private static bool HasLoneSurrogate(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            rest = rest[used..];
        }

        return false;
    }
}
