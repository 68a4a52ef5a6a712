namespace KohakuRiver.Auth.AdminPanel;

/// <summary>How a new user gets a password.</summary>
internal enum FirstPassword
{
    /// <summary>They set it themselves, by a link that works once.</summary>
    Link,

    /// <summary>The panel makes one and shows it once.</summary>
    Generated,

    /// <summary>Whoever creates the account types it.</summary>
    Typed,
}
