namespace KohakuRiver.Auth;

/// <summary>Whether a database's schema fits this version of the library.</summary>
public enum SchemaState
{
    /// <summary>The stores do not tell.</summary>
    Unknown = 0,

    /// <summary>It fits.</summary>
    Current = 1,

    /// <summary>It is older, or there is none yet: it has to be migrated.</summary>
    Older = 2,

    /// <summary>It is newer: another instance with a newer version of the library has migrated it.</summary>
    Newer = 3,
}
