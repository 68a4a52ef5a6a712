namespace KohakuRiver.Auth.Import;

/// <summary>Where a name comes from, strongest first: of two users who would get one name, the stronger keeps it.</summary>
internal enum NameOrigin
{
    /// <summary>It is the one in the old database.</summary>
    Kept = 0,

    /// <summary>The operator asked for it.</summary>
    Asked = 1,

    /// <summary>It follows from the old one by <see cref="NameMapping"/>.</summary>
    Mapped = 2,
}
