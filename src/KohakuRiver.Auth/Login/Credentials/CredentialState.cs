namespace KohakuRiver.Auth;

/// <summary>Whether a credential is valid now, and if not, why.</summary>
internal enum CredentialState
{
    /// <summary>It is valid.</summary>
    Good = 0,

    /// <summary>It has expired.</summary>
    Expired = 1,

    /// <summary>A session that was idle for too long.</summary>
    Idle = 2,

    /// <summary>Its owner is disabled.</summary>
    OwnerDisabled = 3,
}
