using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Headers of answers, described.</summary>
internal static class ApiHeaders
{
    internal static Dictionary<string, IOpenApiHeader> Of(string name, string description, JsonSchemaType type) =>
        new(StringComparer.Ordinal)
    {
        [name] = One(description, type),
    };

    /// <summary>Those of a paged list.</summary>
    internal static Dictionary<string, IOpenApiHeader> OfPages() => new(StringComparer.Ordinal)
    {
        ["X-Total-Count"] = One("How many rows there are on all pages.", JsonSchemaType.Integer),
        ["Link"] = One("The next page as <address>; rel=\"next\". Absent on the last page.", JsonSchemaType.String),
    };

    private static OpenApiHeader One(string description, JsonSchemaType type) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = type } };
}
