namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>The kind of thing that a mark of an import stands for.</summary>
internal enum ImportKind
{
    /// <summary>An account, by its name.</summary>
    User = 0,

    /// <summary>A group, by its name.</summary>
    Group = 1,

    /// <summary>An invitation, by the hash of its code.</summary>
    Invitation = 2,

    /// <summary>An account that was given another name, by the one it had, letter by letter.</summary>
    FormerName = 3,

    /// <summary>The same, regardless of case; only where one former name alone is written so.</summary>
    FormerNameInAnyCase = 4,
}
