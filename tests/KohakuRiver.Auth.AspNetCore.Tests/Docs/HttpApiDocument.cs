using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>The tables of docs/http-api.md, from the description of the API and the code that refuses.</summary>
internal static partial class HttpApiDocument
{
    internal static string Update(string text, JsonElement document) => Marked().Replace(
        text, m => $"{m.Groups["open"].Value}\n{Table(m.Groups["name"].Value, document)}{m.Groups["close"].Value}");

    private static string Table(string name, JsonElement document) => name switch
    {
        "problems" => Problems(),
        "sentences" => Sentences(),
        "operations" => Operations(document),
        _ => throw new InvalidDataException($"docs/http-api.md: nothing writes {name}."),
    };

    private static string Problems() => "| Status | When |\n| --- | --- |\n"
        + string.Concat(ProblemKinds.All.Select(k => $"| {k.Status} {ReasonPhrases.GetReasonPhrase(k.Status)} | {k.When} |\n"));

    private static string Sentences() => "| Status | `detail` |\n| --- | --- |\n" + string.Concat(
        new[] { typeof(Refusals), typeof(HttpRefusals) }
            .SelectMany(t => t.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(p => p.PropertyType == typeof(Refusal))
            .Select(p => (Refusal)p.GetValue(null)!)
            .Select(r => (Refusal: r, Errors: FieldNames.ToWire(r.Errors)))
            .Select(r => (
                Status: HttpRefusals.StatusOf(r.Refusal),
                Message: r.Errors is null ? r.Refusal.Message : FieldNames.InDetail(r.Refusal.Message, r.Errors),
                Field: r.Errors?.Keys.Single()))
            .Distinct()
            .OrderBy(r => r.Status).ThenBy(r => r.Message, StringComparer.Ordinal)
            .Select(r => $"| {r.Status} | {r.Message}{(r.Field is null ? "" : $" (`errors`: `{r.Field}`)")} |\n"));

    private static string Operations(JsonElement document)
    {
        var text = new StringBuilder("| Call | Who | What |\n| --- | --- | --- |\n");
        var replayed = Replayed();
        foreach (var operation in ApiOperation.ReadAll(document))
        {
            var call = operation.Pattern["/api".Length..];
            var star = replayed.Contains($"{operation.Method} {operation.Pattern}") ? " ★" : "";
            var summary = operation.Json.GetProperty("summary").GetString();
            text.Append(CultureInfo.InvariantCulture, $"| {operation.Method} `{call}`{star} | {Who(operation)} | {summary} |\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// What the tests of the sample send as the original's clients do. What is replayed for its refusal alone works for none of them.
    /// </summary>
    private static HashSet<string> Replayed() =>
    [
        .. RepositoryFile.ReadAll("tests/KohakuRiver.SampleHost.Tests/OriginalClients", "*.json")
            .SelectMany(json => JsonSerializer.Deserialize<JsonElement>(json).EnumerateArray())
            .Where(step => step.GetProperty("status").GetInt32() < 400)
            .Select(step => step.GetProperty("call").GetString()!.Split('?')[0]),
    ];

    private static string Who(ApiOperation operation)
    {
        var security = operation.Json.GetProperty("security");
        if (security.GetArrayLength() == 0 || security.EnumerateArray().Any(s => !s.EnumerateObject().Any()))
        {
            return "everybody";
        }

        var description = operation.Json.TryGetProperty("description", out var said) ? said.GetString()! : "";

        // Changing one's own password has a rule of its own, for everybody who may do more than log in.
        var role = description.StartsWith("Needs a session and the current password.", StringComparison.Ordinal)
            ? Role.Viewer.ToName()
            : Permissions.All.Single(p => p.Name == Needed().Match(description).Groups["name"].Value).MinimumRole.ToName();
        return security.GetArrayLength() == 1 ? $"{role}, by session" : role;
    }

    [GeneratedRegex(
        @"(?<open><!-- generated: (?<name>\w+) -->)\n.*?(?<close><!-- end -->)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"Needs the permission (?<name>[a-z.]+),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Needed();
}
