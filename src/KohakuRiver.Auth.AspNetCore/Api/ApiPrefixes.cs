using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Where the library's calls live, so that what nobody serves there (404, 405) is answered like everything else of the
/// API instead of with nothing at all.
/// </summary>
internal sealed class ApiPrefixes
{
    private readonly ConcurrentDictionary<string, bool> prefixes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes a prefix. The root and patterns with parameters are the host's business.</summary>
    internal void Add(string prefix)
    {
        var path = "/" + prefix.Trim('/');
        if (path.Length > 1 && !path.Contains('{', StringComparison.Ordinal))
        {
            prefixes[path] = true;
        }
    }

    /// <summary>Answers a request under a prefix that no endpoint and no middleware has answered.</summary>
    internal Task FinishAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.StatusCode is not (StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
            || response.ContentType is not null || context.GetEndpoint() is RouteEndpoint || !Covers(context.Request.Path))
        {
            return Task.CompletedTask;
        }

        var detail = response.StatusCode == StatusCodes.Status404NotFound
            ? "There is no such call."
            : "This call does not take this method.";
        return new ProblemResult { Status = response.StatusCode, Detail = detail }.ExecuteAsync(context);
    }

    /// <summary>Whether a path is under a prefix of the library's calls.</summary>
    internal bool Covers(PathString path)
    {
        foreach (var (prefix, _) in prefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
