using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Lets only actors of a role or higher through. For whatever takes <see cref="AuthorizeAttribute"/>: controllers, annotated handlers,
/// SignalR hubs and their methods, Razor pages and components.
/// </summary>
/// <remarks>It names a policy that names the scheme, so the host's default policy and default scheme take no part.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireKohakuRoleAttribute : AuthorizeAttribute, IKohakuPolicyMetadata
{
    /// <summary>Asks for a role.</summary>
    /// <param name="minimum">The lowest role let through; <see cref="Role.Anony"/> means everybody with any permission.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the five roles.</exception>
    public RequireKohakuRoleAttribute(Role minimum)
        : base(KohakuPolicies.NameOf(minimum)) => Minimum = minimum;

    /// <summary>The lowest role let through.</summary>
    public Role Minimum { get; }

    /// <summary>The policy that carries the role. Read-only: for another policy use another attribute.</summary>
    public new string? Policy => base.Policy;
}
