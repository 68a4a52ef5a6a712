using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Lists over HTTP: a bare array, the total in <c>X-Total-Count</c>, the next page in <c>Link</c>.</summary>
internal static class Paging
{
    /// <summary>A page as an answer.</summary>
    /// <param name="context">The request, whose other query parameters the link keeps.</param>
    /// <param name="page">The rows.</param>
    /// <param name="map">From the model to the contract.</param>
    /// <param name="contract">The contract's metadata.</param>
    /// <typeparam name="TRow">The row.</typeparam>
    /// <typeparam name="TItem">The contract of a row.</typeparam>
    internal static IResult List<TRow, TItem>(HttpContext context, Page<TRow> page, Func<TRow, TItem> map, JsonTypeInfo<TItem> contract)
    {
        WriteHeaders(context, page.Total, page.Next);
        return new JsonListResult<TItem>([.. page.Items.Select(map)], contract);
    }

    /// <summary>A whole list as an answer, with its total.</summary>
    internal static IResult List<TRow, TItem>(
        HttpContext context, IReadOnlyList<TRow> rows, Func<TRow, TItem> map, JsonTypeInfo<TItem> contract) =>
        List(context, new Page<TRow>(rows, null, rows.Count), map, contract);

    /// <summary>The headers alone.</summary>
    internal static void WriteHeaders(HttpContext context, long total, PageCursor? next)
    {
        context.Response.Headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
        if (next is not null)
        {
            context.Response.Headers.Link = $"<{NextUrl(context, next)}>; rel=\"next\"";
        }
    }

    // An absolute path, as the client knows it.
    private static string NextUrl(HttpContext context, PageCursor next)
    {
        var request = context.Request;
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
        return RequestView.Of(context).PathBase + request.Path.ToUriComponent() + query.ToQueryString();
    }
}
