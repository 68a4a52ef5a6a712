using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>Query parameters, described.</summary>
internal static class QueryParameterForms
{
    internal static OpenApiParameter Describe(this QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = Schema(parameter),
        Example = parameter.Example?.DeepClone(),
    };

    private static OpenApiSchema Schema(QueryParameter parameter) => parameter.Kind switch
    {
        QueryParameterKind.Text => ContractSchemas.Text(parameter.Longest),
        QueryParameterKind.OneOf => new OpenApiSchema
        {
            Type = JsonSchemaType.String, Enum = [.. parameter.Words.Select(w => JsonValue.Create(w))],
        },
        QueryParameterKind.Id => ContractSchemas.Id(),
        QueryParameterKind.Bool => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        QueryParameterKind.Instant => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        _ => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = parameter.Range.Least.ToString(CultureInfo.InvariantCulture),
            Maximum = parameter.Range.Most.ToString(CultureInfo.InvariantCulture),
        },
    };
}
