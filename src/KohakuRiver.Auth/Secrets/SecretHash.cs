using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>
/// The hash of a secret, which is all a store ever sees of it. SHA-256 for the library's own secrets; 64 bytes for
/// tokens that another system created and hashed (SHA3-512 in an original KohakuRiver database). The secrets have 256 random bits, so a
/// fast unsalted hash is enough (OWASP ASVS 11.4.3). The length tells the two apart, so neither can be used in place of the other.
/// </summary>
public readonly struct SecretHash : IEquatable<SecretHash>
{
    /// <summary>The length in bytes of the library's own hashes, SHA-256.</summary>
    public const int Size = 32;

    /// <summary>The length in bytes of the hashes of another system's tokens.</summary>
    public const int ForeignSize = 64;

    private readonly byte[]? bytes;

    private SecretHash(byte[] bytes) => this.bytes = bytes;

    /// <summary>The 32 or 64 bytes. Treat as read-only.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Database providers take arrays; "
        + "copying on each look-up would be wasteful.")]
    public byte[] Bytes => bytes ?? throw new InvalidOperationException("An empty SecretHash was used.");

    /// <summary>Whether it is the hash of a token that another system created.</summary>
    public bool IsForeign => Bytes.Length == ForeignSize;

    /// <summary>Wraps 32 bytes, or 64 for a token that another system created.</summary>
    /// <exception cref="ArgumentException">Neither 32 nor 64 bytes.</exception>
    public static SecretHash FromBytes(byte[] bytes) => bytes.Length is Size or ForeignSize
        ? new SecretHash(bytes)
        : throw new ArgumentException("A secret hash has 32 bytes, or 64 where another system created it.", nameof(bytes));

    /// <inheritdoc />
    public bool Equals(SecretHash other) => bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is SecretHash other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => bytes is null ? 0 : BitConverter.ToInt32(bytes, 0);

    /// <summary>Equality of the bytes.</summary>
    public static bool operator ==(SecretHash left, SecretHash right) => left.Equals(right);

    /// <summary>Inequality of the bytes.</summary>
    public static bool operator !=(SecretHash left, SecretHash right) => !left.Equals(right);
}
