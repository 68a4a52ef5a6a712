using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>
/// The text form of a secret: four characters for its kind, 43 characters of base 62 (256 random
/// bits), six characters of base 62 that carry the CRC-32 of all before them. The checksum lets secret
/// scanners avoid false alarms and lets the host refuse garbage without a query; it protects nothing.
/// </summary>
internal static class SecretFormat
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 4 + RandomLength + ChecksumLength;

    private static readonly SearchValues<char> DigitValues = SearchValues.Create(Digits);
    private static readonly uint[] CrcTable = MakeCrcTable();

    internal static string Create(SecretKind kind)
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        var body = PrefixOf(kind) + ToBase62(new BigInteger(random, isUnsigned: true), RandomLength);
        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(body, checksum);
        return string.Concat(body, checksum);
    }

    /// <summary>Called on every request with a credential, so it allocates nothing.</summary>
    internal static bool IsWellFormed(SecretKind kind, [NotNullWhen(true)] string? text)
    {
        if (text is not { Length: Length }
            || !text.StartsWith(PrefixOf(kind), StringComparison.Ordinal)
            || text.AsSpan(4).ContainsAnyExcept(DigitValues))
        {
            return false;
        }

        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(text.AsSpan(0, 4 + RandomLength), checksum);
        return text.AsSpan(4 + RandomLength).SequenceEqual(checksum);
    }

    /// <summary>Whether the text begins like one of our secrets: <c>kr</c>, a small letter, an underscore.</summary>
    internal static bool HasPrefix(ReadOnlySpan<char> text) =>
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

    private static void WriteChecksum(ReadOnlySpan<char> body, Span<char> checksum)
    {
        var value = Crc32(body);
        for (var i = checksum.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 62);
            checksum[i] = Digits[(int)digit];
        }
    }

    // CRC-32 with the reflected polynomial of IEEE 802.3, over ASCII.
    private static uint Crc32(ReadOnlySpan<char> text)
    {
        var crc = uint.MaxValue;
        foreach (var c in text)
        {
            crc = (crc >> 8) ^ CrcTable[(byte)(crc ^ c)];
        }

        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
            }

            table[i] = crc;
        }

        return table;
    }
}
