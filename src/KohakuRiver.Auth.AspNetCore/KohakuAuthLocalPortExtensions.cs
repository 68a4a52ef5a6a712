using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Endpoints for one of the host's ports.</summary>
public static class KohakuAuthLocalPortExtensions
{
    /// <summary>
    /// Serves only connections that arrived at one of these ports of this machine; 404 on all others, before authorization. Unlike
    /// <c>RequireHost("*:8443")</c>, which compares the <c>Host</c> header that the client writes, this checks the connection itself.
    /// </summary>
    /// <remarks>
    /// The port is the one the server listens on: behind a proxy, the one the proxy connects to. Connections without a port (unix sockets,
    /// the test server) are answered 404. Several calls on one endpoint must all allow.
    /// </remarks>
    /// <exception cref="ArgumentException">No port was named, or one outside 1 to 65535.</exception>
    public static TBuilder RequireLocalPort<TBuilder>(this TBuilder builder, params int[] ports)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(ports);
        var metadata = new LocalPortMetadata(ports);
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));

        // A second lock, for hosts that do not route with the framework's matcher.
        builder.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is { } inner)
            {
                endpoint.RequestDelegate = context => metadata.Allows(context) ? inner(context) : HideAsync(context);
            }
        });
        return builder;
    }

    private static Task HideAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
