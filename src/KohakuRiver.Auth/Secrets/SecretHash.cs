using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth.Secrets;

/// <summary>
/// The SHA-256 of a secret: all that a store ever sees of it. The secrets have 256 random bits, so a fast
/// unsalted hash is enough (OWASP ASVS 11.4.3).
/// </summary>
public readonly struct SecretHash : IEquatable<SecretHash>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    private readonly byte[]? bytes;

    private SecretHash(byte[] bytes) => this.bytes = bytes;

    /// <summary>The 32 bytes. Treat as read-only.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Database providers take arrays; copying on each look-up would be waste.")]
    public byte[] Bytes => bytes ?? throw new InvalidOperationException("An empty SecretHash was used.");

    /// <summary>Wraps 32 bytes.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static SecretHash FromBytes(byte[] bytes) => bytes.Length == Size
        ? new SecretHash(bytes)
        : throw new ArgumentException("A secret hash has 32 bytes.", nameof(bytes));

    /// <inheritdoc />
    public bool Equals(SecretHash other) => Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is SecretHash other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => BitConverter.ToInt32(Bytes, 0);

    /// <summary>Equality of the bytes.</summary>
    public static bool operator ==(SecretHash left, SecretHash right) => left.Equals(right);

    /// <summary>Inequality of the bytes.</summary>
    public static bool operator !=(SecretHash left, SecretHash right) => !left.Equals(right);
}
