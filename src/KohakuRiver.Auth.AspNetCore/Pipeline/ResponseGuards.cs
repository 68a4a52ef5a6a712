using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The headers every answer of ours carries.</summary>
internal static class ResponseGuards
{
    internal static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        ApplyTransport(response);
    }

    /// <summary>
    /// Tells browsers to stay with HTTPS, on answers over HTTPS, unless the host has set the header itself. Not for the names of this
    /// very machine, which other programs share.
    /// </summary>
    internal static void ApplyTransport(HttpResponse response)
    {
        var view = RequestView.Of(response.HttpContext);
        if (view.IsHttps && response.Headers.StrictTransportSecurity.Count == 0 && !AuthOffGuard.IsLoopbackName(view.Host.Host)
            && OptionsOf(response).StrictTransportSecurity is { Length: > 0 } policy)
        {
            response.Headers.StrictTransportSecurity = policy;
        }
    }

    private static KohakuAuthHttpOptions OptionsOf(HttpResponse response) =>
        response.HttpContext.RequestServices.GetRequiredService<IOptions<KohakuAuthHttpOptions>>().Value;
}
