using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore.Http;

/// <summary>
/// The request as its client sent it, seen through trusted proxies. The host's own <see cref="HttpRequest"/> stays as it
/// is; hosts that use ASP.NET Core's forwarded headers middleware have the same view already.
/// </summary>
/// <param name="Address">The client's address; null where the transport has none.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The host and port the client asked for.</param>
internal sealed record RequestView(string? Address, string Scheme, HostString Host)
{
    /// <summary>Whether the client speaks HTTPS.</summary>
    internal bool IsHttps => string.Equals(Scheme, "https", StringComparison.OrdinalIgnoreCase);

    /// <summary>The request's view, found at the first call.</summary>
    internal static RequestView Of(HttpContext context) =>
        context.Features.Get<RequestView>() ?? Of(context, context.RequestServices.GetRequiredService<TrustedProxies>());

    internal static RequestView Of(HttpContext context, TrustedProxies proxies)
    {
        if (context.Features.Get<RequestView>() is { } known)
        {
            return known;
        }

        var request = context.Request;
        var (address, hops) = ClientAddress.Find(context.Connection.RemoteIpAddress, request.Headers["X-Forwarded-For"], proxies);
        var scheme = hops > 0 ? ForwardedScheme(request.Headers["X-Forwarded-Proto"], hops) ?? request.Scheme : request.Scheme;
        var view = new RequestView(address?.ToString(), scheme, request.Host);
        context.Features.Set(view);
        return view;
    }

    // Each proxy appends one entry, or the outermost one sets the only entry: count from the right, as for the address.
    private static string? ForwardedScheme(StringValues header, int hops)
    {
        var entries = header.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (entries.Length == 0)
        {
            return null;
        }

        var entry = entries[Math.Max(0, entries.Length - hops)];
        return entry.ToUpperInvariant() switch
        {
            "HTTPS" or "WSS" => "https",
            "HTTP" or "WS" => "http",
            _ => null,
        };
    }
}
