using System.Buffers;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The request as its client sent it, seen through trusted proxies. The host's own <see cref="HttpRequest"/> stays as it
/// is; hosts that use ASP.NET Core's forwarded headers middleware have the same view already.
/// </summary>
/// <param name="Address">
/// The client's address; <see cref="UnixAddress"/> for all that come through a unix socket without a trusted proxy; null inside the process
/// only, as with the test server.
/// </param>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The host and port the client asked for.</param>
/// <param name="PathBase">The path this host's root has for its client, as in a URL; empty for none.</param>
internal sealed record RequestView(string? Address, string Scheme, HostString Host, string PathBase)
{
    /// <summary>What stands for the address where the server listens on a unix socket: one bucket for all, never none.</summary>
    internal const string UnixAddress = "unix";

    private const int LongestPrefix = 256;

    private static readonly SearchValues<char> InPrefix =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/");

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
        var isUnix = IsUnix(context);
        var (address, hops) = ClientAddress.Find(context.Connection.RemoteIpAddress, isUnix, request.Headers["X-Forwarded-For"], proxies);
        var scheme = hops > 0 ? ForwardedScheme(request.Headers["X-Forwarded-Proto"], hops) : null;

        // Behind a unix socket there is always a proxy, and PublicUrl says how people reach that.
        scheme ??= isUnix && proxies.PublicUrl?.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeHttps : request.Scheme;
        var view = new RequestView(
            address?.ToString() ?? (isUnix ? UnixAddress : null), scheme, request.Host, FindPathBase(request, proxies, hops, isUnix));
        context.Features.Set(view);
        return view;
    }

    /// <summary>Whether a real connection, not the test server's, has no network address: it is a unix socket's, or a pipe's.</summary>
    private static bool IsUnix(HttpContext context) =>
        context.Connection.RemoteIpAddress is null && context.Features.Get<IConnectionTransportFeature>() is not null;

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

    // A trusted proxy says what it strips. For one that does not, and for requests to the public name, PublicUrl decides.
    private static string FindPathBase(HttpRequest request, TrustedProxies proxies, int hops, bool isUnix)
    {
        var own = request.PathBase.ToUriComponent();
        if (hops > 0 && ForwardedPrefix(request.Headers["X-Forwarded-Prefix"]) is { } prefix)
        {
            return StartsWith(own, prefix) ? own : prefix + own;
        }

        return proxies.PublicPath.Length > 0
            && (hops > 0 || isUnix || IsPublic(request.Host, proxies.PublicUrl!))
            && !StartsWith(own, proxies.PublicPath)
            ? proxies.PublicPath
            : own;
    }

    /// <summary>The prefix without a slash at its end; null when there is none, or it is not certainly a path of this host.</summary>
    private static string? ForwardedPrefix(StringValues header)
    {
        if (header is not [['/', ..] value] || value.Length > LongestPrefix || value.AsSpan().ContainsAnyExcept(InPrefix)
            || value.Contains("//", StringComparison.Ordinal) || value.Split('/').Any(s => s is "." or ".."))
        {
            return null;
        }

        return value.TrimEnd('/');
    }

    private static bool StartsWith(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (path.Length == prefix.Length || prefix.Length == 0 || path[prefix.Length] == '/');

    private static bool IsPublic(HostString host, Uri publicUrl) =>
        string.Equals(host.Host, publicUrl.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? DefaultPort(publicUrl)) == publicUrl.Port;

    private static int DefaultPort(Uri url) => url.Scheme == Uri.UriSchemeHttps ? 443 : 80;
}
