namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A contract with fields <see cref="ForAdminsAttribute">for admins</see>.</summary>
internal interface IHasAdminFields
{
    /// <summary>Whether this one is written for an admin.</summary>
    bool IsForAdmin { get; }
}
