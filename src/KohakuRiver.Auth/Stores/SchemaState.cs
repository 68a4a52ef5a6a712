namespace KohakuRiver.Auth;

/// <summary>Whether a database's schema matches this version of the library.</summary>
public enum SchemaState
{
    /// <summary>The stores do not report it.</summary>
    Unknown = 0,

    /// <summary>It matches.</summary>
    Current = 1,

    /// <summary>It is older, or does not exist yet: it has to be migrated.</summary>
    Older = 2,

    /// <summary>It is newer: another instance with a newer version of the library has migrated it.</summary>
    Newer = 3,
}
