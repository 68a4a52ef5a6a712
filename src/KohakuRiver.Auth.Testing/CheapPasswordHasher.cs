using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// Keeps the promises of <see cref="IPasswordHasher"/> except the one that matters: it costs nothing, so it protects nothing. For tests
/// that are not about the cost of passwords.
/// </summary>
public sealed class CheapPasswordHasher : IPasswordHasher
{
    private const string Mark = "cheap:";
    private const int SaltLength = 8;
    private const int LongestPassword = 4096;

    /// <inheritdoc />
    public string Hash(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return Hash(password, RandomNumberGenerator.GetBytes(SaltLength));
    }

    /// <inheritdoc />
    public PasswordVerdict Verify(string password, string storedHash)
    {
        try
        {
            return storedHash.StartsWith(Mark, StringComparison.Ordinal)
                && storedHash == Hash(password, Convert.FromHexString(storedHash.AsSpan(Mark.Length, SaltLength * 2)))
                ? PasswordVerdict.Right
                : PasswordVerdict.Wrong;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Lone surrogates, which cannot be normalized, or a truncated hash: not a password, and not a hash of ours.
            return PasswordVerdict.Wrong;
        }
    }

    /// <inheritdoc />
    public void VerifyNothing(string password)
    {
        // There is no cost to hide.
    }

    private static string Hash(string password, byte[] salt) => password.Length > LongestPassword || password.Contains('\0')
        ? throw new ArgumentException("This text cannot be a password.", nameof(password))
        : Mark + Convert.ToHexString(salt) + Base64Url
            .EncodeToString(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(password.Normalize())));
}
