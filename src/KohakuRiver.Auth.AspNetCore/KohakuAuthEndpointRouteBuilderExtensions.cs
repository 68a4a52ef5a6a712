using KohakuRiver.Auth.AspNetCore.Endpoints;
using KohakuRiver.Auth.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP API.</summary>
public static class KohakuAuthEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every call of the HTTP contract under <paramref name="prefix"/>. Call it after <c>UseKohakuAuth()</c>. No route outside the prefix is
    /// touched, and the host's own routes under the same prefix live beside these.
    /// </summary>
    /// <returns>The group, for conventions of the host's own.</returns>
    public static RouteGroupBuilder MapKohakuAuth(this IEndpointRouteBuilder endpoints, string prefix = "/api")
    {
        var api = endpoints.MapKohakuApiGroup(prefix);
        LoginEndpoints.Map(api);
        AccountEndpoints.Map(api);
        RegisterEndpoints.Map(api);
        UserEndpoints.Map(api);
        TokenEndpoints.Map(api);
        InvitationEndpoints.Map(api);
        GroupEndpoints.Map(api);
        ApprovalEndpoints.Map(api);
        ApprovalEvents.Map(api);
        VpsEndpoints.Map(api);
        SettingsEndpoints.Map(api);
        AuditEndpoints.Map(api);
        return api;
    }
}
