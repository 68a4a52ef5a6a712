using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The headers every answer of the panel carries, errors included (security.md, R5).</summary>
internal static class PanelHeaders
{
    internal const string ContentSecurityPolicy = Rules + "'none'";

    private const string Rules =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors ";

    internal static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        var framedBy = response.HttpContext.RequestServices.GetRequiredService<IOptions<AdminPanelOptions>>().Value.FrameAncestors;
        headers.XContentTypeOptions = "nosniff";
        if (framedBy.Count == 0)
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XFrameOptions = "DENY";
        }
        else
        {
            // The older header knows no list: browsers that have the newer one ignore it anyway (CSP Level 3, 6.4.2).
            headers.ContentSecurityPolicy = Rules + string.Join(' ', framedBy);
        }

        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-store";
        ResponseGuards.ApplyTransport(response);
    }
}
