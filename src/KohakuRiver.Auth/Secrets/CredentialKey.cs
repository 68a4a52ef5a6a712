using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>
/// The SHA-256 of a credential as it was sent, as a key for memory: created and compared without leaving anything to
/// the garbage collector. Whether the text is well-formed does not matter, since only credentials that were found are kept.
/// </summary>
/// <param name="A">The first eight bytes.</param>
/// <param name="B">The second eight bytes.</param>
/// <param name="C">The third eight bytes.</param>
/// <param name="D">The last eight bytes.</param>
internal readonly record struct CredentialKey(ulong A, ulong B, ulong C, ulong D)
{
    // Longer than any credential; longer text is not worth hashing.
    private const int LongestText = 256;

    /// <summary>False for what cannot be a credential: empty or far too long text.</summary>
    internal static bool TryOf(string? text, out CredentialKey key)
    {
        key = default;
        if (text is not { Length: > 0 and <= LongestText })
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[LongestText * 3];
        Span<ulong> hash = stackalloc ulong[4];
        var length = Encoding.UTF8.GetBytes(text, utf8);
        SHA256.HashData(utf8[..length], MemoryMarshal.AsBytes(hash));
        key = new CredentialKey(hash[0], hash[1], hash[2], hash[3]);
        return true;
    }

    /// <summary>The key of an identity at another authority.</summary>
    internal static CredentialKey Of(IdentityKey identity)
    {
        Span<ulong> hash = stackalloc ulong[4];
        SHA256.HashData(Encoding.UTF8.GetBytes(identity.ToString()), MemoryMarshal.AsBytes(hash));
        return new CredentialKey(hash[0], hash[1], hash[2], hash[3]);
    }

    /// <summary>Any eight bytes of a SHA-256 are as good a hash code as any function of them.</summary>
    public override int GetHashCode() => (int)A;
}
