using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth.Secrets;

/// <summary>
/// The written form of a secret: four characters that say its kind, 43 characters of base 62 (256 random
/// bits), six characters of base 62 that carry the CRC-32 of all before them. The checksum lets secret
/// scanners be sure and lets the host refuse garbage without a query; it protects nothing.
/// </summary>
internal static class SecretFormat
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 4 + RandomLength + ChecksumLength;

    private static readonly SearchValues<char> DigitValues = SearchValues.Create(Digits);

    internal static string Create(SecretKind kind)
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        var body = PrefixOf(kind) + ToBase62(new BigInteger(random, isUnsigned: true), RandomLength);
        return body + ToBase62(Crc32(body), ChecksumLength);
    }

    internal static bool IsWellFormed(SecretKind kind, [NotNullWhen(true)] string? text) =>
        text is { Length: Length }
        && text.StartsWith(PrefixOf(kind), StringComparison.Ordinal)
        && !text.AsSpan(4).ContainsAnyExcept(DigitValues)
        && text.AsSpan(4 + RandomLength).SequenceEqual(ToBase62(Crc32(text[..(4 + RandomLength)]), ChecksumLength));

    /// <summary>Whether the text begins as a secret of ours does: <c>kr</c>, a small letter, an underscore.</summary>
    internal static bool HasPrefix(string text) =>
        text.Length >= 4 && text.StartsWith("kr", StringComparison.Ordinal) && char.IsAsciiLetterLower(text[2]) && text[3] == '_';

    internal static string PrefixOf(SecretKind kind) => kind switch
    {
        SecretKind.Session => "krs_",
        SecretKind.ApiToken => "krt_",
        SecretKind.Invitation => "kri_",
        SecretKind.Setup => "krb_",
        SecretKind.PasswordReset => "krr_",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of secret."),
    };

    private static string ToBase62(BigInteger value, int length)
    {
        Span<char> text = stackalloc char[length];
        for (var i = length - 1; i >= 0; i--)
        {
            value = BigInteger.DivRem(value, 62, out var digit);
            text[i] = Digits[(int)digit];
        }

        return new string(text);
    }

    // CRC-32 with the reflected polynomial of IEEE 802.3, bit by bit: 47 bytes a call are too few for a table.
    private static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var b in Encoding.ASCII.GetBytes(text))
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
            }
        }

        return ~crc;
    }
}
