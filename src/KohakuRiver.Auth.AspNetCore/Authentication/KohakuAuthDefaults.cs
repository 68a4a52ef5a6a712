namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The names of the scheme, its policies, cookies, headers and claims.</summary>
public static class KohakuAuthDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Kohaku";

    /// <summary>
    /// The authorization policy for everybody who is known to the library, whatever their role: it refuses anonymous callers, users with
    /// the role <c>anony</c>, and changes sent by pages of other sites.
    /// </summary>
    public const string BasePolicy = "Kohaku";

    /// <summary>
    /// What the names of the permissions' policies begin with: <c>Kohaku.Permission:tasks.view</c>. The plain name of a registered
    /// permission is a policy too, unless the host has one of that name; with this prefix the library's is always meant.
    /// </summary>
    public const string PermissionPolicyPrefix = "Kohaku.Permission:";

    /// <summary>
    /// What the names of the roles' policies begin with: <c>Kohaku.Role:operator</c> lets that role and those above it through.
    /// </summary>
    public const string RolePolicyPrefix = "Kohaku.Role:";

    /// <summary>
    /// What the session cookie's name over plain HTTP starts with: an underscore and the deployment's id follow. The name without them is
    /// read too, after the one with them.
    /// </summary>
    public const string CookieName = "kohakuriver_session";

    /// <summary>The same over HTTPS, where no name without the prefix is read.</summary>
    public const string SecureCookieName = "__Host-kohakuriver_session";

    /// <summary>The header that carries the master secret.</summary>
    public const string MasterHeader = "X-Admin-Token";

    /// <summary>The other name of <see cref="MasterHeader"/>; a request carries one of the two.</summary>
    public const string MasterHeaderAlias = "X-Admin-Secret";

    /// <summary>
    /// The claim with the way the caller became known: <c>session</c>, <c>token</c>, <c>external</c>, <c>master_secret</c> or
    /// <c>auth_off</c>.
    /// </summary>
    public const string KindClaim = "kohaku:kind";
}
