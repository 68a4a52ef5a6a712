namespace KohakuRiver.Auth;

/// <summary>Whether a credential is good now, and if not, why.</summary>
internal enum CredentialState
{
    /// <summary>It is good.</summary>
    Good = 0,

    /// <summary>Its absolute lifetime is over.</summary>
    Expired = 1,

    /// <summary>A session that was not used for too long.</summary>
    Idle = 2,

    /// <summary>Its owner is disabled.</summary>
    OwnerDisabled = 3,
}
