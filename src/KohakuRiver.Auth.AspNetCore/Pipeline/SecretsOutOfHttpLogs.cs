using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Keeps bodies and queries of the library's own endpoints out of a host's HTTP logging: they carry passwords, new tokens and one-use
/// codes. For these requests alone the logging finds other options; everything else the host has asked for is logged, and nothing more.
/// </summary>
/// <remarks>
/// No interceptor of the logging: where there is one, the framework takes hold of every answer of the host, whatever is logged of it, and
/// loses those of gRPC, which are written without a flush. No metadata alone: it is not there yet where logging comes before routing.
/// </remarks>
internal sealed class SecretsOutOfHttpLogs(
    IOptionsFactory<HttpLoggingOptions> factory, IEnumerable<IOptionsChangeTokenSource<HttpLoggingOptions>> sources,
    IOptionsMonitorCache<HttpLoggingOptions> cache)
    : IOptionsMonitor<HttpLoggingOptions>, IStartupFilter, IDisposable
{
    private const HttpLoggingFields Secret =
        HttpLoggingFields.RequestBody | HttpLoggingFields.ResponseBody | HttpLoggingFields.RequestQuery;

    private readonly OptionsMonitor<HttpLoggingOptions> hosts = new(factory, sources, cache);
    private readonly AsyncLocal<Seen?> current = new();
    private Reduction? reduction;
    private Routes? routes;

    /// <inheritdoc />
    public HttpLoggingOptions CurrentValue
    {
        get
        {
            var full = hosts.CurrentValue;
            return (full.LoggingFields & Secret) != HttpLoggingFields.None && current.Value?.Context is { } context && IsForUs(context)
                ? Reduce(full)
                : full;
        }
    }

    /// <inheritdoc />
    public HttpLoggingOptions Get(string? name) => hosts.Get(name);

    /// <inheritdoc />
    public IDisposable? OnChange(Action<HttpLoggingOptions, string?> listener) => hosts.OnChange(listener);

    /// <inheritdoc />
    public void Dispose() => hosts.Dispose();

    /// <summary>Remembers the request before anything of the host's can log it.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // What UseHttpLogging() itself looks for: hosts without it pay nothing.
        if (app.ApplicationServices.GetService<ObjectPool<HttpLoggingInterceptorContext>>() is not null)
        {
            app.Use(inner => context => RunAsync(context, inner));
        }

        next(app);
    };

    /// <summary>The same for a host that says on the endpoints, or on a group around them, what is to be logged.</summary>
    internal static void KeepOut(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<HttpLoggingAttribute>().LastOrDefault() is { } asked
            && (asked.LoggingFields & Secret) != HttpLoggingFields.None)
        {
            endpoint.Metadata.Add(new HttpLoggingAttribute(asked.LoggingFields & ~Secret));
        }
    }

    private async Task RunAsync(HttpContext context, RequestDelegate inner)
    {
        var seen = new Seen { Context = context };
        current.Value = seen;
        try
        {
            await inner(context);
        }
        finally
        {
            // Work that the request has begun may go on, and must not hold on to it.
            seen.Context = null;
        }
    }

    private HttpLoggingOptions Reduce(HttpLoggingOptions full)
    {
        var known = reduction;
        if (known is null || !ReferenceEquals(known.Full, full))
        {
            reduction = known = new(full, Copy(full));
        }

        return known.Reduced;
    }

    // Without what concerns bodies alone.
    private static HttpLoggingOptions Copy(HttpLoggingOptions full)
    {
        var copy = new HttpLoggingOptions { LoggingFields = full.LoggingFields & ~Secret, CombineLogs = full.CombineLogs };
        copy.RequestHeaders.Clear();
        copy.RequestHeaders.UnionWith(full.RequestHeaders);
        copy.ResponseHeaders.Clear();
        copy.ResponseHeaders.UnionWith(full.ResponseHeaders);
        return copy;
    }

    private bool IsForUs(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint)
        {
            return IsOurs(endpoint);
        }

        if (context.RequestServices.GetService<EndpointDataSource>() is not { } source)
        {
            return false;
        }

        var all = source.Endpoints;
        var known = routes;
        if (known is null || !ReferenceEquals(known.All, all))
        {
            routes = known = Routes.Of(all);
        }

        return known.Match(context.Request.Path);
    }

    private static bool IsOurs(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ApiMetadata>() is not null || endpoint.Metadata.GetMetadata<ISessionsOnly>() is not null;

    private sealed record Reduction(HttpLoggingOptions Full, HttpLoggingOptions Reduced);

    private sealed class Seen
    {
        internal HttpContext? Context { get; set; }
    }

    /// <summary>The routes of the library's endpoints, for requests that have not been routed yet.</summary>
    /// <param name="All">The endpoints they were taken from; the source makes a new list when there are others.</param>
    /// <param name="Matchers">One for each route.</param>
    private sealed record Routes(IReadOnlyList<Endpoint> All, IReadOnlyList<TemplateMatcher> Matchers)
    {
        internal static Routes Of(IReadOnlyList<Endpoint> all) => new(
            all,
            [
                .. all.OfType<RouteEndpoint>()
                    .Where(IsOurs)
                    .DistinctBy(e => e.RoutePattern.RawText, StringComparer.OrdinalIgnoreCase)
                    .Select(e => new TemplateMatcher(new RouteTemplate(e.RoutePattern), [])),
            ]);

        // The path may still begin with a path base. Matching too much leaves out a body, too little would print a password.
        internal bool Match(PathString path)
        {
            var rest = path.Value ?? "";
            while (rest.Length > 1)
            {
                if (Matchers.Any(m => m.TryMatch(rest, [])))
                {
                    return true;
                }

                var next = rest.IndexOf('/', 1);
                rest = next < 0 ? "" : rest[next..];
            }

            return false;
        }
    }
}
