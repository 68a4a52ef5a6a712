using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace KohakuRiver.Auth.AspNetCore.Http;

/// <summary>Lists over HTTP are bare arrays: the total stands in <c>X-Total-Count</c>, the next page in <c>Link</c>.</summary>
internal static class Paging
{
    /// <summary>The headers of a page; the link keeps the request's other query parameters.</summary>
    internal static void Write<T>(HttpContext context, Page<T> page)
    {
        context.Response.Headers["X-Total-Count"] = page.Total.ToString(CultureInfo.InvariantCulture);
        if (page.Next is { } next)
        {
            context.Response.Headers.Link = $"<{NextUrl(context.Request, next)}>; rel=\"next\"";
        }
    }

    // An absolute path: what a proxy in front calls this host is none of the page's business.
    private static string NextUrl(HttpRequest request, PageCursor next)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in request.Query)
        {
            if (!name.Equals("cursor", StringComparison.OrdinalIgnoreCase) && !name.Equals("offset", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var value in values)
                {
                    query.Add(name, value ?? "");
                }
            }
        }

        query.Add("cursor", next.Encode());
        return request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + query.ToQueryString();
    }
}
