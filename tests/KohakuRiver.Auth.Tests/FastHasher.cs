using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Stands in for bcrypt where its cost does not matter. Hashes beginning with <c>old:</c> are right but ask to be renewed.
/// </summary>
internal sealed class FastHasher : IPasswordHasher
{
    private int verifications;

    /// <summary>Run at the start of every real verification, on the hashing thread.</summary>
    internal Action? OnVerify { get; set; }

    /// <summary>Run at the start of everything, real or not, that takes a hashing thread.</summary>
    internal Action? OnHash { get; set; }

    /// <summary>How often a password or nothing was verified.</summary>
    internal int Verifications => verifications;

    internal static string OldHash(string password) => "old:" + Digest(password);

    public string Hash(string password) => "fast:" + Digest(password);

    public PasswordVerdict Verify(string password, string storedHash)
    {
        Interlocked.Increment(ref verifications);
        OnHash?.Invoke();
        OnVerify?.Invoke();
        return storedHash == Hash(password) ? PasswordVerdict.Right
            : storedHash == OldHash(password) ? PasswordVerdict.RightNeedsRehash
            : PasswordVerdict.Wrong;
    }

    public void VerifyNothing(string password)
    {
        Interlocked.Increment(ref verifications);
        OnHash?.Invoke();
    }

    private static string Digest(string password) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(password.Normalize())));
}
