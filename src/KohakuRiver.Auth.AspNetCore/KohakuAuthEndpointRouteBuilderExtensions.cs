using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP API.</summary>
public static class KohakuAuthEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every call of the HTTP contract under <paramref name="prefix"/>. Call it after <c>UseKohakuAuth()</c>. No route outside the
    /// prefix is touched, and the host's own routes under the same prefix live beside these.
    /// </summary>
    /// <returns>The group, for conventions of the host's own.</returns>
    public static RouteGroupBuilder MapKohakuAuth(this IEndpointRouteBuilder endpoints, string prefix = "/api")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var api = endpoints.MapKohakuApiGroup(prefix);
        LoginEndpoints.Map(Tagged("Login"));
        AccountEndpoints.Map(Tagged("Own account"));
        RegisterEndpoints.Map(Tagged("Registration"));
        UserEndpoints.Map(Tagged("Users"));
        TokenEndpoints.Map(Tagged("Tokens"));
        InvitationEndpoints.Map(Tagged("Invitations"));
        GroupEndpoints.Map(Tagged("Groups"));
        ApprovalEndpoints.Map(Tagged("Approvals"));
        ApprovalEvents.Map(Tagged("Approvals"));
        VpsEndpoints.Map(Tagged("VPS"));
        SettingsEndpoints.Map(Tagged("Settings"));
        AuditEndpoints.Map(Tagged("Audit"));
        return api;

        // The headings of the OpenAPI document.
        RouteGroupBuilder Tagged(string tag) => api.MapGroup("").WithTags(tag);
    }
}
