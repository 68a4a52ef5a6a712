using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// How the original KohakuRiver keeps its API tokens: texts without a prefix, stored as the SHA3-512 of their UTF-8 in hexadecimal digits.
/// </summary>
internal static class ImportedToken
{
    /// <summary>What stands in lists in place of the first characters, which are not known.</summary>
    public const string Prefix = "imported";

    /// <summary>Whether this machine can compute SHA3-512 (OpenSSL 1.1.1, Windows 11 24H2 or later); where not, none works.</summary>
    public static bool IsSupported => SHA3_512.IsSupported;

    /// <summary>
    /// The hash to look a bearer up by; false on machines without SHA3-512.
    /// </summary>
    public static bool TryHash(string sent, out SecretHash hash)
    {
        hash = IsSupported ? SecretHash.FromBytes(SHA3_512.HashData(Encoding.UTF8.GetBytes(sent))) : default;
        return IsSupported;
    }

    /// <summary>Reads the 128 hexadecimal digits that the original stores; false for every other text.</summary>
    public static bool TryReadHash(string? digits, out SecretHash hash)
    {
        var isHash = digits is { Length: 2 * SecretHash.ForeignSize } && digits.All(char.IsAsciiHexDigit);
        hash = isHash ? SecretHash.FromBytes(Convert.FromHexString(digits!)) : default;
        return isHash;
    }
}
