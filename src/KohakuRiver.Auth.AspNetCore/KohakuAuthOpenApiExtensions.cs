using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The OpenAPI document of the library's calls.</summary>
public static class KohakuAuthOpenApiExtensions
{
    /// <summary>
    /// Serves the OpenAPI document <c>kohaku-auth</c>: the library's own calls as this host has mapped them, under whatever prefix, and
    /// its path base under <c>servers</c>. It has no part in the documents that a host writes of its own calls, and needs none of the
    /// packages that write them. Not public: it needs <see cref="Permissions.ViewNodes"/> unless the host says otherwise with
    /// <c>.AllowAnonymous()</c> on what this returns.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The route of the document.</param>
    public static IEndpointConventionBuilder MapKohakuAuthOpenApi(
        this IEndpointRouteBuilder endpoints, string pattern = "/api/openapi.json")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var group = endpoints.MapKohakuApiGroup("");
        return group.MapGet(pattern, new ApiDocument().WriteAsync).ExcludeFromDescription().RequirePermission(Permissions.ViewNodes);
    }
}
