using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What stands in addresses: path and query parameters.</summary>
internal static class ApiParameters
{
    internal static OpenApiParameter Query(string name)
    {
        var (description, schema, example) = Describe(name);
        return new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Schema = schema,
            Example = example,
        };
    }

    /// <summary>Describes a path parameter: a <see cref="RowId"/>, whose schema is there, or an id of the host's, which is a text.</summary>
    internal static void DescribePath(OpenApiParameter parameter, string operationId)
    {
        if (parameter.Schema?.Type == JsonSchemaType.String)
        {
            parameter.Schema = Text(FieldRules.HostIdMaximum);
        }

        parameter.Description = parameter.Name switch
        {
            "task_id" => "The host's id of the task.",
            "vps_id" => "The host's id of the VPS.",
            "user_id" => "The user's id.",
            "group_id" => "The group's id.",
            _ => "The id, as the list says it.",
        };
        parameter.Example = parameter.Name switch
        {
            "task_id" => ApiExamples.TaskId,
            "vps_id" => ApiExamples.VpsId,
            "user_id" => ApiExamples.UserId,
            "id" when operationId.Contains("User", StringComparison.Ordinal) || operationId == "createResetLink" => ApiExamples.UserId,
            _ => 1,
        };
    }

    internal static OpenApiSchema Id() => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = "1",
        Maximum = FieldRules.LargestInteger.ToString(CultureInfo.InvariantCulture),
    };

    private static (string Description, OpenApiSchema Schema, JsonNode? Example) Describe(string name) => name switch
    {
        "limit" => ("At most so many rows. Without it 500, in the audit log and the history of approvals 100.", Range("1", "500"), 50),
        "cursor" => ("Where the page begins: from the Link header of the page before.", Text(1024), null),
        "offset" => (
            "So many rows are left out; for existing clients, cursor is better.",
            Range("0", int.MaxValue.ToString(CultureInfo.InvariantCulture)),
            0),
        "search" => ("The start of the username or display name, regardless of case.", Text(100), "mar"),
        "role" => ("Only people of this role.", OneOf(RoleNames.All), "user"),
        "group_id" => ("Only members of this group.", Id(), 1),
        "is_active" => ("Only enabled (true) or disabled (false) people.", new OpenApiSchema { Type = JsonSchemaType.Boolean }, true),
        "sort" => ("The order; - in front for descending. Without it -created_at.", OneOf(SortNames), "username"),
        "owner" => ("all for the tokens of everybody (admins only), me for one's own.", OneOf(["all", "me"]), "all"),
        "user_id" => ("The tokens of this person (admins only).", Id(), ApiExamples.UserId),
        "status" => ("Only tasks in this state.", OneOf(ApprovalStatusNames.All), "rejected"),
        "reason" => ("Why, for the submitter to read. Send it here or in the body, not both.", Text(FieldRules.TextMaximum), null),
        "token" => ("An invitation code, the register secret or a set-up code.", Text(256), null),
        "actor" => ("Only entries of this person, by the whole name.", Text(100), "ada"),
        "action" => ("Only entries of this action, or of all that begin with it and a dot.", Text(100), "user"),
        "target" => ("Only entries about this whole name or id.", Text(200), null),
        "outcome" => ("Only entries with this outcome.", OneOf(AuditOutcomeNames.All), "refused"),
        "from" => ("Only entries from this time on.", Time(), "2026-03-01T00:00:00Z"),
        "to" => ("Only entries before this time.", Time(), null),
        "format" => ("json for pages, csv or jsonl for everything that matches, as a file.", OneOf(["json", "csv", "jsonl"]), "json"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This query parameter has no description: add it."),
    };

    private static IEnumerable<string> SortNames => UserEndpoints.SortNames.SelectMany(n => new[] { n, "-" + n });

    private static OpenApiSchema Text(int longest) => new() { Type = JsonSchemaType.String, MaxLength = longest };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Range(string least, string most) =>
        new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = least, Maximum = most };

    private static OpenApiSchema OneOf(IEnumerable<string> words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(w => JsonValue.Create(w))] };
}
