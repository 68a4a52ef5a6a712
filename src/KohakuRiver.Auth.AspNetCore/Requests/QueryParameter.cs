using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Endpoint metadata: an optional query parameter that the call reads itself with <see cref="StrictQuery"/>, for the OpenAPI document.
/// </summary>
internal sealed class QueryParameter
{
    private readonly string description;
    private readonly Func<OpenApiSchema> schema;
    private readonly JsonNode? example;

    private QueryParameter(string name, string description, Func<OpenApiSchema> schema, JsonNode? example)
    {
        Name = name;
        this.description = description;
        this.schema = schema;
        this.example = example;
    }

    internal string Name { get; }

    internal static QueryParameter Text(string name, int longest, string description, string? example = null) =>
        new(name, description, () => ContractSchemas.Text(longest), example);

    internal static QueryParameter OneOf(string name, IEnumerable<string> words, string description, string example) => new(
        name, description, () => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(w => JsonValue.Create(w))] },
        example);

    internal static QueryParameter Id(string name, string description, long example) =>
        new(name, description, ContractSchemas.Id, example);

    internal static QueryParameter Bool(string name, string description, bool example) =>
        new(name, description, () => new OpenApiSchema { Type = JsonSchemaType.Boolean }, example);

    internal static QueryParameter Instant(string name, string description, string? example = null) =>
        new(name, description, () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }, example);

    internal static QueryParameter Int(string name, int least, int most, string description, int example) => new(
        name,
        description,
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = least.ToString(CultureInfo.InvariantCulture),
            Maximum = most.ToString(CultureInfo.InvariantCulture),
        },
        example);

    /// <summary>The parameter as the document shows it.</summary>
    internal OpenApiParameter Describe() => new()
    {
        Name = Name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = schema(),
        Example = example?.DeepClone(),
    };
}
