using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Refuses a request that specifies its length twice: Content-Length next to Transfer-Encoding, the raw material of request
/// smuggling (CVE-2025-55315).
/// </summary>
/// <remarks>
/// Kestrel drops the Content-Length of such a request and keeps it as <c>X-Content-Length</c>, which is how it is
/// noticed here. Servers that keep both headers, and clients that send <c>X-Content-Length</c> themselves, are refused alike.
/// </remarks>
internal sealed class RequestHygieneMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count == 0 || (headers.ContentLength is null && !headers.ContainsKey("X-Content-Length")))
        {
            return next(context);
        }

        context.Response.Headers.Connection = "close";
        var problem = new ProblemResult { Status = StatusCodes.Status400BadRequest, Detail = "The request specifies its length twice." };
        return problem.ExecuteAsync(context);
    }
}
