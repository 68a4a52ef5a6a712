using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// What a host's output cache must not keep: the answers of the library's own endpoints, and whatever was made for somebody. The cache
/// itself looks at the request's user alone, and on endpoints without a gate that is the user of the host's default scheme.
/// </summary>
internal static class OutputCaching
{
    /// <summary>Says that the answer to this request is kept for nobody, wherever the cache is in the pipeline.</summary>
    internal static void KeepOut(HttpContext context)
    {
        if (context.Features.Get<IOutputCacheFeature>() is { } cached)
        {
            cached.Context.AllowCacheStorage = false;
        }
    }
}
