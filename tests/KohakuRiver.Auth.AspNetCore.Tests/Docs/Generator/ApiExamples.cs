using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>Writes the examples of the endpoints as the contracts themselves are written.</summary>
internal static class ApiExamples
{
    /// <summary>The body of a request, without the fields that are left out.</summary>
    internal static JsonNode Write(RequestExample example)
    {
        var json = ToJson(example.Body).AsObject();
        foreach (var name in json.Where(f => f.Value is null).Select(f => f.Key).ToList())
        {
            json.Remove(name);
        }

        return json;
    }

    /// <summary>The body of a success.</summary>
    internal static JsonNode Write(SuccessMetadata success) =>
        success.IsList ? new JsonArray(ToJson(success.Example)) : ToJson(success.Example);

    private static JsonNode ToJson(object body) =>
        JsonSerializer.SerializeToNode(body, ContractsJson.Strict.GetTypeInfo(body.GetType()))!;
}
