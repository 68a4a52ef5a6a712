using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace KohakuRiver.Auth.Passwords;

/// <summary>
/// bcrypt (Provos and Mazières, 1999): Blowfish whose key schedule is repeated 2^cost times. Written for
/// speed, since whatever it wastes is a head start for whoever guesses with better code; checked against
/// published vectors, the system's <c>crypt(3)</c> and another implementation.
/// </summary>
internal static class BCryptCore
{
    internal const int SaltLength = 16;

    /// <summary>The last of the 24 bytes is left out, as every bcrypt does.</summary>
    internal const int DigestLength = 23;

    // A password counts with the NUL after it, and with its first 72 bytes at most.
    private const int LongestKey = 72;
    private const int SubkeyCount = BlowfishTables.SubkeyCount;
    private const int BoxCount = BlowfishTables.BoxCount;

    /// <summary>Computes the digest.</summary>
    /// <param name="password">The password's bytes; those after the 72nd do not count.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="cost">The number of doublings, 4 to 31.</param>
    /// <param name="digest">23 bytes.</param>
    internal static void Compute(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int cost, Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength, nameof(salt));
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, DigestLength, nameof(digest));
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 4, nameof(cost));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, 31, nameof(cost));

        Span<uint> key = stackalloc uint[SubkeyCount];
        Span<uint> saltWords = stackalloc uint[SubkeyCount];
        Span<uint> state = stackalloc uint[SubkeyCount + BoxCount];
        try
        {
            Repeat(password[..Math.Min(password.Length, LongestKey)], endWithNul: true, key);
            Repeat(salt, endWithNul: false, saltWords);
            BlowfishTables.Pi.CopyTo(state);
            Mix(state, key);
            Expand(state, saltWords);
            for (var round = 1u << cost; round > 0; round--)
            {
                Mix(state, key);
                Expand(state);
                Mix(state, saltWords);
                Expand(state);
            }

            Finish(state, digest);
        }
        finally
        {
            // What is on the stack stays there; a memory dump shall hold neither the password nor a stage of its hash.
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(key));
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(state));
        }
    }

    /// <summary>The text over and over, as big-endian words.</summary>
    private static void Repeat(ReadOnlySpan<byte> text, bool endWithNul, Span<uint> words)
    {
        var length = text.Length + (endWithNul ? 1 : 0);
        var at = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var word = 0u;
            for (var b = 0; b < 4; b++)
            {
                word = (word << 8) | (at < text.Length ? text[at] : 0u);
                at = at + 1 == length ? 0 : at + 1;
            }

            words[i] = word;
        }
    }

    private static void Mix(Span<uint> state, ReadOnlySpan<uint> key)
    {
        for (var i = 0; i < SubkeyCount; i++)
        {
            state[i] ^= key[i];
        }
    }

    /// <summary>Replaces subkeys and boxes by the chain of blocks, salted: once for each hash.</summary>
    private static void Expand(Span<uint> state, ReadOnlySpan<uint> salt)
    {
        uint left = 0, right = 0;
        for (var i = 0; i < SubkeyCount + BoxCount; i += 2)
        {
            left ^= salt[i % 4];
            right ^= salt[(i % 4) + 1];
            Encrypt(ref MemoryMarshal.GetReference(state), ref left, ref right);
            state[i] = left;
            state[i + 1] = right;
        }
    }

    /// <summary>
    /// The same without salt; this is where all the time goes. Compiled well at once: the first login after a start should not take
    /// longer than the others.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Expand(Span<uint> state)
    {
        uint left = 0, right = 0;
        ref var first = ref MemoryMarshal.GetReference(state[..(SubkeyCount + BoxCount)]);
        for (nuint i = 0; i < SubkeyCount + BoxCount; i += 2)
        {
            Encrypt(ref first, ref left, ref right);
            Unsafe.Add(ref first, i) = left;
            Unsafe.Add(ref first, i + 1) = right;
        }
    }

    private static void Finish(Span<uint> state, Span<byte> digest)
    {
        Span<byte> bytes = stackalloc byte[24];
        "OrpheanBeholderScryDoubt"u8.CopyTo(bytes);
        for (var block = 0; block < bytes.Length; block += 8)
        {
            var left = BinaryPrimitives.ReadUInt32BigEndian(bytes[block..]);
            var right = BinaryPrimitives.ReadUInt32BigEndian(bytes[(block + 4)..]);
            for (var i = 0; i < 64; i++)
            {
                Encrypt(ref MemoryMarshal.GetReference(state), ref left, ref right);
            }

            BinaryPrimitives.WriteUInt32BigEndian(bytes[block..], left);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(block + 4)..], right);
        }

        bytes[..DigestLength].CopyTo(digest);
    }

    /// <summary>
    /// One block: sixteen rounds, written out. <paramref name="state"/> is the first of 18 + 1 024 words; every index below is less than
    /// that by its making, which is why no bounds are checked.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Encrypt(ref uint state, ref uint left, ref uint right)
    {
        var l = left ^ state;
        var r = right;
        r ^= Unsafe.Add(ref state, 1) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 2) ^ Scramble(ref state, r);
        r ^= Unsafe.Add(ref state, 3) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 4) ^ Scramble(ref state, r);
        r ^= Unsafe.Add(ref state, 5) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 6) ^ Scramble(ref state, r);
        r ^= Unsafe.Add(ref state, 7) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 8) ^ Scramble(ref state, r);
        r ^= Unsafe.Add(ref state, 9) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 10) ^ Scramble(ref state, r);
        r ^= Unsafe.Add(ref state, 11) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 12) ^ Scramble(ref state, r);
        r ^= Unsafe.Add(ref state, 13) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 14) ^ Scramble(ref state, r);
        r ^= Unsafe.Add(ref state, 15) ^ Scramble(ref state, l);
        l ^= Unsafe.Add(ref state, 16) ^ Scramble(ref state, r);
        left = r ^ Unsafe.Add(ref state, 17);
        right = l;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Scramble(ref uint state, uint x)
    {
        ref var boxes = ref Unsafe.Add(ref state, SubkeyCount);
        var sum = Unsafe.Add(ref boxes, (nuint)(x >> 24)) + Unsafe.Add(ref boxes, 256 + (nuint)(byte)(x >> 16));
        return (sum ^ Unsafe.Add(ref boxes, 512 + (nuint)(byte)(x >> 8))) + Unsafe.Add(ref boxes, 768 + (nuint)(byte)x);
    }
}
