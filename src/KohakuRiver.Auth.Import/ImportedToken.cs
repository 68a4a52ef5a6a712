using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// How the original KohakuRiver stores its API tokens: texts without a prefix, as the SHA3-512 of their UTF-8 in hexadecimal digits.
/// </summary>
internal static class ImportedToken
{
    /// <summary>The text shown in lists instead of the first characters, which are unknown.</summary>
    public const string Prefix = "imported";

    /// <summary>
    /// Whether this machine can compute SHA3-512 (OpenSSL 1.1.1, Windows 11 24H2 or later); otherwise imported tokens do not work.
    /// </summary>
    public static bool IsSupported => SHA3_512.IsSupported;

    /// <summary>
    /// The hash to look up a bearer by; false on machines without SHA3-512.
    /// </summary>
    public static bool TryHash(string sent, out SecretHash hash)
    {
        hash = IsSupported ? SecretHash.FromBytes(SHA3_512.HashData(Encoding.UTF8.GetBytes(sent))) : default;
        return IsSupported;
    }

    /// <summary>Parses the 128 hexadecimal digits that the original stores; false for every other text.</summary>
    public static bool TryReadHash(string? digits, out SecretHash hash)
    {
        var isHash = digits is { Length: 2 * SecretHash.ForeignSize } && digits.All(char.IsAsciiHexDigit);
        hash = isHash ? SecretHash.FromBytes(Convert.FromHexString(digits!)) : default;
        return isHash;
    }
}
