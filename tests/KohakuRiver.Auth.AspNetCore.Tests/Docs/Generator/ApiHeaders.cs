using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>Headers of answers, described.</summary>
internal static class ApiHeaders
{
    internal static Dictionary<string, IOpenApiHeader> Of(params IEnumerable<HeaderMetadata> headers) => headers.ToDictionary(
        h => h.Name,
        IOpenApiHeader (h) => new OpenApiHeader
        {
            Description = h.Description,
            Schema = new OpenApiSchema { Type = h.IsInteger ? JsonSchemaType.Integer : JsonSchemaType.String },
        },
        StringComparer.Ordinal);
}
