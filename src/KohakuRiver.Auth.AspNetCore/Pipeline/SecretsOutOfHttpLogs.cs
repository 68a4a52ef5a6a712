using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Keeps bodies and queries of the library's own endpoints out of a host's HTTP logging: they carry passwords, new tokens and one-use
/// codes. Everything else the host has asked for is logged, and nothing more: endpoint metadata would replace the host's choice, and is not
/// there yet where logging comes before routing.
/// </summary>
internal sealed class SecretsOutOfHttpLogs : IHttpLoggingInterceptor
{
    private const HttpLoggingFields Secret =
        HttpLoggingFields.RequestBody | HttpLoggingFields.ResponseBody | HttpLoggingFields.RequestQuery;

    private Routes? routes;

    /// <inheritdoc />
    public ValueTask OnRequestAsync(HttpLoggingInterceptorContext logContext)
    {
        if (logContext.IsAnyEnabled(Secret) && IsForUs(logContext.HttpContext))
        {
            logContext.Disable(Secret);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask OnResponseAsync(HttpLoggingInterceptorContext logContext) => ValueTask.CompletedTask;

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
