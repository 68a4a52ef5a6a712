using System.Text.Json;
using KohakuRiver.Auth.AspNetCore.Tests.Api;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>An operation of the API description.</summary>
internal sealed record ApiOperation(string Method, string Pattern, JsonElement Json)
{
    internal string Id => Json.GetProperty("operationId").GetString()!;

    internal JsonElement? Body =>
        Json.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").GetProperty("application/json") : null;

    internal IEnumerable<JsonElement> Parameters => Json.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : [];

    internal IEnumerable<JsonProperty> Responses => Json.GetProperty("responses").EnumerateObject();

    internal JsonProperty Success => Responses.Single(r => r.Name[0] == '2');

    /// <summary>The address with the examples of its parameters.</summary>
    internal string Path => Parameters.Where(p => p.GetProperty("in").GetString() == "path").Aggregate(
        Pattern,
        (path, p) => path.Replace(
            $"{{{p.GetProperty("name").GetString()}}}", p.GetProperty("example").ToString(), StringComparison.Ordinal));

    public override string ToString() => $"{Method} {Pattern}";

    internal static async Task<JsonElement> DocumentAsync(TestHost host) =>
        (await host.Master.GetAsync("/api/openapi.json")).Expect(200).Json;

    internal static IReadOnlyList<ApiOperation> ReadAll(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new ApiOperation(operation.Name.ToUpperInvariant(), path.Name, operation.Value),
    ];
}
