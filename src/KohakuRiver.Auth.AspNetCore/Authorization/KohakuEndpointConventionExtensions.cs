using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>
/// Who may call an endpoint. Each of these names the library's scheme only and also refuses changes sent by pages of other
/// sites; several on one endpoint must all allow.
/// </summary>
public static class KohakuEndpointConventionExtensions
{
    /// <summary>Actors with this permission: 401 for anonymous callers, 403 for others.</summary>
    /// <remarks>A host whose endpoints name a permission that is not registered (<c>AddPermission</c>) does not start.</remarks>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(permission);
        return builder.RequirePermission(permission.Name);
    }

    /// <summary>Actors with the permission of this name: 401 for anonymous callers, 403 for others.</summary>
    /// <remarks>A host whose endpoints name a permission that is not registered (<c>AddPermission</c>) does not start.</remarks>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(permission);
        return Require(builder, new KohakuRequirement.Holding(permission));
    }

    /// <summary>
    /// Actors of this role or higher: 401 for anonymous callers, 403 for others. <see cref="Role.Anony"/> means everybody with any
    /// permission: not users who were set to that role, who have none.
    /// </summary>
    public static TBuilder RequireKohakuRole<TBuilder>(this TBuilder builder, Role minimum)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Require(builder, new KohakuRequirement.OfRole(minimum));
    }

    /// <summary>
    /// Actors who may use the VPS that the route names: 401 for anonymous callers, 404 for others, who are not to learn which exist.
    /// </summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="routeParameter">The route parameter with the VPS id.</param>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    public static TBuilder RequireVpsAccess<TBuilder>(this TBuilder builder, string routeParameter = "vps_id")
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(routeParameter);
        return Require(builder, new KohakuRequirement.UsingVps(routeParameter));
    }

    /// <summary>
    /// Any caller, authenticated or not; but a credential that is sent must be good (401), so that an expired one is noticed.
    /// </summary>
    public static TBuilder AllowAnyActor<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Require(builder, new KohakuRequirement.AnyActor());
    }

    /// <summary>No credential is read, whatever the request carries; the actor is anonymous.</summary>
    public static TBuilder IgnoreKohakuCredentials<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithMetadata(new IgnoreCredentialsMetadata());
    }

    /// <summary>
    /// Lets the session cookie count here although a page of another site makes the request; see
    /// <see cref="AllowCrossSiteCookieAttribute"/>.
    /// </summary>
    public static TBuilder AllowCrossSiteCookie<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithMetadata(new AllowCrossSiteCookieAttribute());
    }

    /// <summary>Whoever is authenticated, also users without any permission: what is left to them asks for this.</summary>
    internal static TBuilder RequireSomebody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => Require(builder, new KohakuRequirement.Somebody());

    /// <summary>Those who may change their own password, also where they have to before anything else.</summary>
    internal static TBuilder RequireOwnPassword<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => Require(builder, new KohakuRequirement.ChangingOwnPassword());

    private static TBuilder Require<TBuilder>(TBuilder builder, KohakuRequirement requirement)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(KohakuPolicies.With(requirement)).WithMetadata(KohakuPolicyMetadata.Instance);

    private sealed class IgnoreCredentialsMetadata : IIgnoreCredentials;
}
