using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Lets only actors with a permission through: <c>[RequirePermission(PermissionNames.ApproveTasks)]</c>. For whatever takes
/// <see cref="AuthorizeAttribute"/>: controllers, annotated handlers, SignalR hubs and their methods, Razor pages and components.
/// </summary>
/// <remarks>It names a policy that names the scheme, so the host's default policy and default scheme take no part.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirePermissionAttribute : AuthorizeAttribute, IKohakuPolicyMetadata
{
    /// <summary>Asks for a permission.</summary>
    /// <param name="permission">
    /// The permission's name. Nobody has one that is not registered, and a host whose endpoints name one does not start.
    /// </param>
    public RequirePermissionAttribute(string permission)
        : base(KohakuPolicies.NameOfPermission(permission)) => Permission = permission;

    /// <summary>The permission's name.</summary>
    public string Permission { get; }

    /// <summary>The policy that carries the permission. Read-only: for another policy use another attribute.</summary>
    public new string? Policy => base.Policy;
}
