using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The OpenAPI document of the library's calls.</summary>
public static class KohakuAuthOpenApiExtensions
{
    /// <summary>
    /// Serves the OpenAPI document <c>kohaku-auth</c>. Not public: it needs <see cref="Permissions.ViewNodes"/> unless
    /// the host says otherwise with <c>.AllowAnonymous()</c> on what this returns.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The route of the document.</param>
    public static IEndpointConventionBuilder MapKohakuAuthOpenApi(
        this IEndpointRouteBuilder endpoints, string pattern = "/api/openapi.json")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var group = endpoints.MapKohakuApiGroup("");
        return group.MapGet(pattern, WriteAsync).ExcludeFromDescription().RequirePermission(Permissions.ViewNodes);
    }

    private static async Task WriteAsync(HttpContext context)
    {
        var provider = context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(KohakuOpenApi.DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(context.RequestAborted);
        using var buffer = new MemoryStream();
        await document.SerializeAsJsonAsync(buffer, OpenApiSpecVersion.OpenApi3_1, context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
