using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Cli;

/// <summary>The ids of a result, one a line: what the next command reads with <c>-</c>. What failed is left out.</summary>
internal static class IdLines
{
    // By which name a result calls its own id; others, like owner_id, are of something else.
    private static readonly string[] Names = ["task_id", "vps_id", "task_ids", "id", "hostname", "host"];

    internal static string Write(JsonNode? result)
    {
        var text = new StringBuilder();
        foreach (var id in IdsOf(result))
        {
            text.Append(id).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> IdsOf(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(IdsOf),
        JsonObject fields when IsFailed(fields) => [],
        JsonObject fields => Names.Select(name => fields[name]).FirstOrDefault(v => v is not null) is { } id ? IdsOf(id) : [],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        JsonValue value => [value.ToJsonString()],
        _ => [],
    };

    private static bool IsFailed(JsonObject fields) =>
        fields["result"] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == Bulk.Failed;
}
