using System.Text;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// A name of the old host as it is kept and looked up: that host compared names byte by byte, but the same letters reach a login in
/// different Unicode forms, depending on the keyboard.
/// </summary>
internal static class FormerName
{
    // The old host accepts 50 characters.
    private const int Longest = 200;

    /// <summary>The name in composed form; false for text that no database and no login form can hold.</summary>
    internal static bool TryRead(string? text, out string name)
    {
        name = "";
        if (text is not { Length: > 0 and <= Longest } || text.AsSpan().ContainsAny('\0', '\uFFFE') || !IsWellFormed(text))
        {
            return false;
        }

        name = text.Normalize(NormalizationForm.FormC);
        return true;
    }

    /// <summary>The same for names that differ in case only.</summary>
    internal static string Fold(string name) => name.ToUpperInvariant();

    // Half of a surrogate pair cannot be normalized, and neither can U+FFFE.
    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var read) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[read..];
        }

        return true;
    }
}
