using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Http;

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
    /// Tells browsers to stay with HTTPS, on answers over HTTPS. Not for the names of this very machine, which other programs share.
    /// </summary>
    internal static void ApplyTransport(HttpResponse response)
    {
        var view = RequestView.Of(response.HttpContext);
        if (view.IsHttps && !IsThisMachine(view.Host.Host)
            && response.HttpContext.RequestServices.GetRequiredService<IOptions<KohakuAuthHttpOptions>>().Value.StrictTransportSecurity is { Length: > 0 } policy)
        {
            response.Headers.StrictTransportSecurity = policy;
        }
    }

    private static bool IsThisMachine(string name) =>
        string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
}
