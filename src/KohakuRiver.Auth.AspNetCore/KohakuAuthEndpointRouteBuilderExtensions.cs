using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP API.</summary>
public static class KohakuAuthEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every call of the HTTP contract under <paramref name="prefix"/>. Call it after <c>UseKohakuAuth()</c>. No route outside the
    /// prefix is touched, and the host's own routes may be under the same prefix.
    /// </summary>
    /// <returns>The group, for conventions of the host's own.</returns>
    public static RouteGroupBuilder MapKohakuAuth(this IEndpointRouteBuilder endpoints, string prefix = "/api")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var api = endpoints.MapKohakuApiGroup(prefix);
        LoginEndpoints.Map(api);
        AccountEndpoints.Map(api);
        IdentityEndpoints.Map(api);
        RegisterEndpoints.Map(api);
        UserEndpoints.Map(api);
        TokenEndpoints.Map(api);
        InvitationEndpoints.Map(api);
        GroupEndpoints.Map(api);
        ApprovalEndpoints.Map(api);
        VpsEndpoints.Map(api);
        SettingsEndpoints.Map(api);
        AuditEndpoints.Map(api);
        return api;
    }
}
