using KohakuRiver.Auth.EntityFrameworkCore;

namespace KohakuRiver.Auth.Import;

/// <summary>Records that something was imported once, whether it still exists or not.</summary>
/// <param name="Kind">The kind of thing.</param>
/// <param name="Key">Its key, compared ordinally.</param>
internal sealed record ImportMark(ImportKind Kind, string Key)
{
    /// <summary>The mark of an account; the same for names that differ in case only.</summary>
    public static ImportMark OfUser(string username) => new(ImportKind.User, username.ToUpperInvariant());

    /// <summary>The mark of a group; the same for names that differ in case only.</summary>
    public static ImportMark OfGroup(string name) => new(ImportKind.Group, name.ToUpperInvariant());

    /// <summary>The mark of an invitation.</summary>
    public static ImportMark OfInvitation(SecretHash code) => new(ImportKind.Invitation, Convert.ToHexString(code.Bytes));
}
