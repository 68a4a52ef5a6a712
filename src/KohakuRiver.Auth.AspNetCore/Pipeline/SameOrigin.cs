using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Whether a change may come from where it comes from. Checked where the credential is read, so that it holds under every policy.
/// <c>Sec-Fetch-Site</c> decides if the browser sends it; otherwise <c>Origin</c> must be this host's. Other clients send neither.
/// </summary>
internal static class SameOrigin
{
    /// <summary>Whether the request is allowed for this kind of actor. Reads, bearers and the master secret always are.</summary>
    internal static bool Allows(HttpContext context, ActorKind kind, Uri? publicUrl)
    {
        var ambient = kind switch
        {
            ActorKind.Session or ActorKind.AuthOff or ActorKind.Anonymous => true,

            // Which part of the request the host's scheme looked at is not known here; a page of another site cannot send a bearer.
            ActorKind.External => !SentCredentials.HasBearer(context.Request),
            _ => false,
        };
        return !ambient || !NeedsCheck(context.Request)
            || IsSameOrigin(context.Request, RequestView.Of(context), publicUrl)
            || IsLetOff(context.GetEndpoint());
    }

    /// <summary>
    /// Everything that may change something, and WebSockets, which browsers open across sites unasked: an upgrade, or <c>CONNECT</c>
    /// over HTTP/2.
    /// </summary>
    internal static bool NeedsCheck(HttpRequest request) => !IsSafe(request.Method) || !StringValues.IsNullOrEmpty(request.Headers.Upgrade);

    internal static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    internal static bool IsSameOrigin(HttpRequest request, RequestView view, Uri? publicUrl)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            return site is ["same-origin" or "none"];
        }

        var origin = request.Headers.Origin;
        if (origin.Count == 0)
        {
            return true;
        }

        return origin is [{ } single]
            && (Matches(single, view.Scheme, view.Host.Host, view.Host.Port)
                || (publicUrl is not null && Matches(single, publicUrl.Scheme, publicUrl.Host, publicUrl.Port)));
    }

    private static bool IsLetOff(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<AllowCrossSiteCookieAttribute>() is not null
        && endpoint.Metadata.GetMetadata<ApiMetadata>() is null && endpoint.Metadata.GetMetadata<ISessionsOnly>() is null;

    private static bool Matches(string origin, string scheme, string host, int? port)
    {
        var usual = string.Equals(scheme, "https", StringComparison.OrdinalIgnoreCase) ? 443 : 80;
        var actual = port ?? usual;
        return Same(origin, $"{scheme}://{host}:{actual}") || (actual == usual && Same(origin, $"{scheme}://{host}"));
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
