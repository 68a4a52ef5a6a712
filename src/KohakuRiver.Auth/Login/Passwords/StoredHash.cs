using System.Buffers;
using System.Globalization;

namespace KohakuRiver.Auth;

/// <summary>
/// A stored hash, parsed. Two forms: passlib's <c>$bcrypt-sha256$v=2,t=2b,r=12$salt$digest</c>, and plain bcrypt
/// (<c>$2b$12$</c> with salt and digest joined).
/// </summary>
/// <param name="IsPlain">True for plain bcrypt.</param>
/// <param name="Revision">The letter of the bcrypt revision: a, b or y, which differ in name only.</param>
/// <param name="Cost">The number of doublings.</param>
/// <param name="Salt">22 characters of bcrypt's base 64.</param>
/// <param name="Digest">31 characters of the same.</param>
internal readonly record struct StoredHash(bool IsPlain, char Revision, int Cost, string Salt, string Digest)
{
    internal const int LowestCost = 4;

    /// <summary>The highest cost accepted: above it, one planted or damaged row would occupy a core for minutes.</summary>
    internal const int HighestCost = 16;

    internal const int DigestLength = 31;

    private const int SaltLength = 22;
    private const string KeyedPrefix = "$bcrypt-sha256$v=2,t=2";

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Parses a stored hash strictly; false for every other text, and for a cost above <see cref="HighestCost"/>.</summary>
    internal static bool TryParse(string? text, out StoredHash hash)
    {
        hash = default;
        if (text is null || text.Length > 128)
        {
            return false;
        }

        return text.StartsWith(KeyedPrefix, StringComparison.Ordinal)
            ? TryParseKeyed(text.AsSpan(KeyedPrefix.Length), out hash)
            : TryParsePlain(text, out hash);
    }

    /// <summary>The form new hashes are written in.</summary>
    internal string ToKeyedText() =>
        string.Create(CultureInfo.InvariantCulture, $"{KeyedPrefix}{Revision},r={Cost}${Salt}${Digest}");

    /// <summary>The part after <c>t=2</c>: <c>b,r=12$salt$digest</c>.</summary>
    private static bool TryParseKeyed(ReadOnlySpan<char> rest, out StoredHash hash)
    {
        hash = default;
        if (rest.Length < 4 || !rest[1..].StartsWith(",r=", StringComparison.Ordinal))
        {
            return false;
        }

        var revision = rest[0];
        rest = rest[4..];
        var end = rest.IndexOf('$');
        if (end is not (1 or 2)
            || rest[0] == '0'
            || rest.Length != end + 1 + SaltLength + 1 + DigestLength
            || rest[end + 1 + SaltLength] != '$')
        {
            return false;
        }

        return TryMake(
            false, revision, rest[..end], rest.Slice(end + 1, SaltLength), rest[^DigestLength..], out hash);
    }

    private static bool TryParsePlain(ReadOnlySpan<char> text, out StoredHash hash)
    {
        hash = default;
        return text.Length == 7 + SaltLength + DigestLength
            && text.StartsWith("$2", StringComparison.Ordinal)
            && text[3] == '$'
            && text[6] == '$'
            && TryMake(true, text[2], text.Slice(4, 2), text.Slice(7, SaltLength), text[^DigestLength..], out hash);
    }

    private static bool TryMake(
        bool isPlain, char revision, ReadOnlySpan<char> cost, ReadOnlySpan<char> salt, ReadOnlySpan<char> digest, out StoredHash hash)
    {
        hash = default;
        if (revision is not ('a' or 'b' or 'y')
            || !int.TryParse(cost, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            || rounds is < LowestCost or > HighestCost
            || salt.ContainsAnyExcept(Base64)
            || digest.ContainsAnyExcept(Base64))
        {
            return false;
        }

        hash = new StoredHash(isPlain, revision, rounds, salt.ToString(), digest.ToString());
        return true;
    }
}
