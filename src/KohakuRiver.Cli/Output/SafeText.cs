using System.Globalization;
using System.Text;
using KohakuRiver.Auth;

namespace KohakuRiver.Cli;

/// <summary>
/// Untrusted text on its way to a terminal. A command line or a user agent may carry escape sequences that rewrite what the reader
/// sees, characters that reverse its direction, or invisible ones: they become marks such as <c>⟨U+001B⟩</c>
/// (<see cref="VisibleText"/>), which no text can imitate.
/// </summary>
internal static class SafeText
{
    private const int EscapedPair = 12;

    /// <summary>Text on one line.</summary>
    internal static string Line(string? text) => VisibleText.Show(text);

    /// <summary>The same, keeping line ends and tabs.</summary>
    internal static string Lines(string? text) => VisibleText.Show(text, TextKind.Lines);

    /// <summary>Text that a machine takes literally.</summary>
    internal static string Code(string? text) => VisibleText.Show(text, TextKind.Code);

    /// <summary>
    /// Equivalent JSON: invisible characters in its strings as escapes, and what the serializer escapes without need, such as emoji, as
    /// itself.
    /// </summary>
    internal static string Json(string json)
    {
        var isPlain = !VisibleText.HasHidden(json, TextKind.Code);
        if (isPlain && !json.Contains("\\u", StringComparison.Ordinal))
        {
            return json;
        }

        // Both occur in strings only: elsewhere JSON is ASCII without a backslash.
        var clean = new StringBuilder(json.Length + 64);
        for (var at = 0; at < json.Length;)
        {
            if (json[at] == '\\')
            {
                var pair = Pair(json, at);
                var isSeen = pair is not null && !VisibleText.HasHidden(pair, TextKind.Code);
                clean.Append(isSeen ? pair.AsSpan() : json.AsSpan(at, 2));
                at += isSeen ? EscapedPair : 2;
                continue;
            }

            var length = at + 1 < json.Length && char.IsSurrogatePair(json[at], json[at + 1]) ? 2 : 1;
            if (isPlain || !VisibleText.HasHidden(json.Substring(at, length), TextKind.Code))
            {
                clean.Append(json, at, length);
            }
            else
            {
                foreach (var c in json.AsSpan(at, length))
                {
                    clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                }
            }

            at += length;
        }

        return clean.ToString();
    }

    // The character behind "\\uD83D\\uDE00"; null where that is not what stands here.
    private static string? Pair(string json, int at) =>
        at + EscapedPair <= json.Length && json[at + 1] == 'u' && json[at + 6] == '\\' && json[at + 7] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
        && ushort.TryParse(json.AsSpan(at + 8, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
        && char.IsSurrogatePair((char)high, (char)low)
            ? new string([(char)high, (char)low])
            : null;
}
