using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>
/// Who somebody is elsewhere: the issuer that vouches and the subject it knows them by. Compared byte for byte; a name or a mail address
/// is never a part of it, since both can pass to somebody else.
/// </summary>
/// <param name="Issuer">
/// Who vouches: <c>scheme:NAME</c> for an authentication scheme of the host, 1 to 255 characters.
/// </param>
/// <param name="Subject">The id there, which is never given to a second person: 1 to 255 characters.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IdentityKey(string Issuer, string Subject)
{
    /// <summary>The longest issuer or subject, in characters.</summary>
    public const int MaximumLength = 255;

    private const char Separator = '\n';

    /// <summary>Issuer and subject as one text, from which <see cref="TryParse"/> makes the key again.</summary>
    public override string ToString() => Issuer + Separator + Subject;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text; null is none.</param>
    /// <param name="key">The key; without parts when the result is false.</param>
    /// <returns>False for anything else.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out IdentityKey key)
    {
        var end = text?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        key = end < 0 ? default : new IdentityKey(text![..end], text[(end + 1)..]);
        return key.IsValid;
    }

    /// <summary>Whether both parts are there, short enough, and without control characters.</summary>
    internal bool IsValid => IsPart(Issuer) && IsPart(Subject);

    // A lone surrogate is read as U+FFFD; an id that really holds one is none that anybody gives out.
    private static bool IsPart(string? part) => part is { Length: > 0 and <= MaximumLength }
        && part.EnumerateRunes().All(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar);
}
