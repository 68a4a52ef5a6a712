using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>
/// A secret in plain text, on its way to the one person who receives it or from the one who sent it. It prints,
/// formats and compares as nothing; <see cref="Reveal"/> is the only way to read it.
/// </summary>
public sealed class SecretText
{
    private readonly string text;

    internal SecretText(SecretKind kind, string text)
    {
        Kind = kind;
        this.text = text;
    }

    /// <summary>What it is for.</summary>
    public SecretKind Kind { get; }

    /// <summary>The first eight characters: the type prefix and four more, for lists.</summary>
    public string Prefix => text[..8];

    /// <summary>
    /// Parses a secret that was sent. Refuses text of another kind, of the wrong length, or with a wrong
    /// checksum, so that garbage never reaches the store.
    /// </summary>
    public static bool TryParse(SecretKind kind, string? sent, [NotNullWhen(true)] out SecretText? secret)
    {
        secret = SecretFormat.IsWellFormed(kind, sent) ? new SecretText(kind, sent) : null;
        return secret is not null;
    }

    /// <summary>
    /// Parses the code of an invitation that another system created: 16 to 128 letters, digits, hyphens and underscores, without
    /// a prefix of ours. Garbage cannot be told from a code, so each costs a look-up.
    /// </summary>
    public static bool TryParseForeignInvitation(string? sent, [NotNullWhen(true)] out SecretText? secret)
    {
        secret = sent is { Length: >= 16 and <= 128 }
            && sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && !SecretFormat.HasPrefix(sent)
                ? new SecretText(SecretKind.Invitation, sent)
                : null;
        return secret is not null;
    }

    /// <summary>
    /// Whether a text begins like one of the library's secrets: <c>kr</c>, a small letter, an underscore. What does not was never meant
    /// for it, so a bearer of another form may be another scheme's; what does may still be garbage.
    /// </summary>
    public static bool HasFormOfOurs(ReadOnlySpan<char> text) => SecretFormat.HasPrefix(text);

    /// <summary>The plain text. Only for the response that delivers the secret, or a one-use link.</summary>
    public string Reveal() => text;

    /// <summary>What the store keeps: SHA-256 over the UTF-8 of the whole text.</summary>
    public SecretHash Hash()
    {
        // Secrets are ASCII, and short: every well-formed one is.
        Span<byte> ascii = stackalloc byte[64];
        return SecretHash.FromBytes(Encoding.UTF8.TryGetBytes(text, ascii, out var length)
            ? SHA256.HashData(ascii[..length])
            : SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Reveals nothing of the secret.</summary>
    public override string ToString() => "[secret]";
}
