using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Where HTTPS is set up, calls over plain HTTP are refused, never redirected: a redirect would hide that the credential has
/// already crossed the network in the clear.
/// </summary>
/// <remarks>
/// HTTPS is set up when <c>PublicUrl</c> says so or the server itself listens for it. Calls from this machine and from trusted
/// proxies may be plain, and so may the host's own endpoints that require none of our policies.
/// </remarks>
internal sealed class PlainHttp
{
    private readonly IServer server;
    private readonly TrustedProxies proxies;

    // Read at the first request at the earliest, when the server knows what it listens on.
    private readonly Lazy<bool> isHttpsSetUp;

    public PlainHttp(IServer server, TrustedProxies proxies, IOptions<KohakuAuthOptions> options)
    {
        this.server = server;
        this.proxies = proxies;
        isHttpsSetUp = new(
            () => options.Value.PublicUrl?.Scheme == Uri.UriSchemeHttps
                || Addresses().Any(a => a.StartsWith("https://", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether the request may not be served like this.</summary>
    internal bool Refuses(HttpContext context) => IsGuarded(context.GetEndpoint()) && IsExposed(context);

    /// <summary>Whether the request came in the clear from another machine although HTTPS is set up, whatever it asks for.</summary>
    internal bool IsExposed(HttpContext context)
    {
        if (!isHttpsSetUp.Value || RequestView.Of(context).IsHttps || context.Connection.RemoteIpAddress is not { } peer)
        {
            return false;
        }

        var address = ClientAddress.Normalise(peer);
        return !IPAddress.IsLoopback(address) && !proxies.Contains(address);
    }

    /// <summary>The addresses beyond this machine that nothing protects; empty where HTTPS or a proxy is set up.</summary>
    internal IReadOnlyList<string> ExposedAddresses() => isHttpsSetUp.Value || !proxies.IsEmpty ? [] : [.. Addresses().Where(IsExposed)];

    private static bool IsGuarded(Endpoint? endpoint) => endpoint is not null
        && (
            endpoint.Metadata.GetMetadata<IKohakuPolicyMetadata>() is not null
                || endpoint.Metadata.GetMetadata<ISessionsOnly>() is not null);

    private IEnumerable<string> Addresses() => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    // Wildcards such as http://*:80 and http://+:80 are no addresses of a URI, and stand for all of them.
    private static bool IsExposed(string address) =>
        address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        && !address.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)
        && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);
}
