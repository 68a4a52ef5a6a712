namespace KohakuRiver.Auth;

/// <summary>Why somebody may use a VPS, or may not.</summary>
public enum VpsReason
{
    /// <summary>May not: neither they nor any of their groups have it.</summary>
    NotAssigned,

    /// <summary>May not: the account is disabled, so that none of its credentials is valid.</summary>
    AccountDisabled,

    /// <summary>May not: a user of the role <see cref="Role.Anony"/> may do nothing, whatever is assigned.</summary>
    NoPermission,

    /// <summary>May: the role manages VPS (<see cref="Permissions.ManageVps"/>), and so uses every one.</summary>
    ManagesVps,

    /// <summary>May: it is assigned to them.</summary>
    Assigned,

    /// <summary>May: it is assigned to a group they belong to.</summary>
    MemberOfGroup,

    /// <summary>May not: the password has to be changed before anything else (<see cref="User.MustChangePassword"/>).</summary>
    PasswordChangeRequired,
}
