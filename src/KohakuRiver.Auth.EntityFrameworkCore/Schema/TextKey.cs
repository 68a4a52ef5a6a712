using System.Text;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// The folded form of names, by which they are compared, sorted and searched regardless of case. It is the
/// invariant upper case, because <see cref="StringComparer.OrdinalIgnoreCase"/> compares by it: databases
/// and in-memory stores agree about equality and about order.
/// </summary>
internal static class TextKey
{
    public static string Of(string text) => text.ToUpperInvariant();

    /// <summary>
    /// The first key after all that begin with <paramref name="prefix"/>, in the order of code points; null when there is
    /// none. A range instead of LIKE: no escaping, and every engine uses the index for it.
    /// </summary>
    public static string? AfterPrefix(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            if (last < 0x10FFFF)
            {
                // The code points from D800 to DFFF are not characters.
                runes.Add(new Rune(last == 0xD7FF ? 0xE000 : last + 1));
                return string.Concat(runes);
            }
        }

        return null;
    }
}
