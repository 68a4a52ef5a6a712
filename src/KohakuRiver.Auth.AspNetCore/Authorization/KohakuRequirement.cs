using Microsoft.AspNetCore.Authorization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What the library's policies ask for. Decided by <see cref="KohakuRequirementHandler"/> from the actor.</summary>
internal abstract record KohakuRequirement : IAuthorizationRequirement
{
    /// <summary>A change must come from this site unless its credential cannot be borrowed by another.</summary>
    internal sealed record FromSameOrigin : KohakuRequirement
    {
        internal static FromSameOrigin Instance { get; } = new();
    }

    /// <summary>Any caller, authenticated or not, but for those whose credential was refused.</summary>
    internal sealed record AnyActor : KohakuRequirement;

    /// <summary>Whoever is authenticated, whatever their role: also a user without any permission.</summary>
    internal sealed record Somebody : KohakuRequirement;

    /// <summary>Somebody who may change their own password, also one who has to before anything else.</summary>
    internal sealed record ChangingOwnPassword : KohakuRequirement;

    /// <summary>At least this role.</summary>
    internal sealed record OfRole(Role Minimum) : KohakuRequirement;

    /// <summary>A permission with a row in the table.</summary>
    internal sealed record Holding(string PermissionName) : KohakuRequirement;

    /// <summary>The right to use the VPS that the route names.</summary>
    internal sealed record UsingVps(string RouteParameter) : KohakuRequirement;

    /// <summary>The same once the route has been read, so that it can be decided again without the request.</summary>
    internal sealed record UsingOneVps(string VpsId) : KohakuRequirement;
}
