using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The examples of the OpenAPI document, made from the contracts themselves. A test sends every request of them to a running host and holds
/// the answers against those here.
/// </summary>
internal static class ApiExamples
{
    internal const string TaskId = "job-17";
    internal const string VpsId = "vps-1";
    internal const long UserId = 2;

    /// <summary>What the stream of events looks like.</summary>
    internal const string Events = "event: count\ndata: 2\n\nevent: ping\ndata: \n\n";

    /// <summary>The beginning of the audit log as CSV.</summary>
    internal const string AuditCsv = AspNetCore.AuditCsv.Header;

    /// <summary>The body of a request, without the fields that are left out; null for calls without one.</summary>
    internal static JsonNode? Request(string operationId)
    {
        if (RequestExamples.Find(operationId) is not { } body)
        {
            return null;
        }

        var json = ToJson(body);
        foreach (var name in json is JsonObject fields ? fields.Where(f => f.Value is null).Select(f => f.Key).ToList() : [])
        {
            ((JsonObject)json).Remove(name);
        }

        return json;
    }

    /// <summary>The body of a success.</summary>
    internal static JsonNode Response(string operationId) => ResponseExamples.Find(operationId) switch
    {
        IReadOnlyList<string> names => new JsonArray([.. names.Select(n => JsonValue.Create(n))]),
        IReadOnlyList<object> rows => new JsonArray([.. rows.Select(ToJson)]),
        var body => ToJson(body),
    };

    private static JsonNode ToJson(object body) => JsonSerializer.SerializeToNode(body, ContractsJson.Strict.GetTypeInfo(body.GetType())!)!;
}
