using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>An operation of the API description, as far as it says what may be sent.</summary>
internal sealed record FuzzOperation(
    HttpMethod Method, string Pattern, IReadOnlyList<string> PathParameters, IReadOnlyList<string> QueryParameters,
    IReadOnlyList<string> Fields, IReadOnlySet<int> Statuses, bool IsStream)
{
    internal string Call => $"{Method} {Pattern}";

    internal static IReadOnlyList<FuzzOperation> ReadAll(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new FuzzOperation(
               new HttpMethod(operation.Name.ToUpperInvariant()),
               path.Name,
               ParametersIn(operation.Value, "path"),
               ParametersIn(operation.Value, "query"),
               FieldsOf(document, operation.Value),
               operation.Value.GetProperty("responses")
                   .EnumerateObject()
                   .Select(r => int.Parse(r.Name, System.Globalization.CultureInfo.InvariantCulture))
                   .ToHashSet(),
               operation.Value.GetProperty("responses")
                   .EnumerateObject()
                   .Any(r => r.Value.TryGetProperty("content", out var c) && c.TryGetProperty("text/event-stream", out _))),
    ];

    private static List<string> ParametersIn(JsonElement operation, string where) => !operation.TryGetProperty("parameters", out var all)
        ? []
        : all.EnumerateArray()
            .Where(p => p.GetProperty("in").GetString() == where)
            .Select(p => p.GetProperty("name").GetString()!)
            .ToList();

    private static List<string> FieldsOf(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return [];
        }

        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        if (schema.TryGetProperty("oneOf", out var forms))
        {
            schema = forms[0];
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        return schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
    }
}
