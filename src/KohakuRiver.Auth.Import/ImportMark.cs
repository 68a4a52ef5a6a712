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

    /// <summary>The mark of an account that got another name, by its former one as <see cref="FormerName"/> reads it.</summary>
    public static ImportMark OfFormerName(string name) => new(ImportKind.FormerName, name);

    /// <summary>The same for a former name in any case.</summary>
    public static ImportMark OfFormerNameInAnyCase(string name) => new(ImportKind.FormerNameInAnyCase, FormerName.Fold(name));

    /// <summary>The mark of an invitation.</summary>
    public static ImportMark OfInvitation(SecretHash code) => new(ImportKind.Invitation, Convert.ToHexString(code.Bytes));
}
