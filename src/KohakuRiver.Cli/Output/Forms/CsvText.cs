using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KohakuRiver.Auth.AspNetCore;

namespace KohakuRiver.Cli;

/// <summary>
/// A result as CSV (RFC 4180): a heading with the names of the JSON fields, and a row for each item. Texts stand in quotes and begin no
/// formula; what is nested is JSON in its cell.
/// </summary>
internal static class CsvText
{
    private const string LineEnd = "\r\n";

    /// <summary>The heading where the rows have no fields.</summary>
    private const string OnlyColumn = "value";

    /// <param name="result">A list, or one item.</param>
    /// <param name="wanted">The fields, in order; null for all. Throws a usage error for one that there is not.</param>
    /// <param name="known">The names of the fields, for a list without items.</param>
    internal static string Write(JsonNode? result, IReadOnlyList<string>? wanted, IReadOnlyList<string> known)
    {
        IReadOnlyList<JsonNode?> rows = result is JsonArray list ? [.. list] : [result];
        var names = rows.OfType<JsonObject>().SelectMany(r => r.Select(f => f.Key)).Concat(known).Distinct(StringComparer.Ordinal).ToList();
        if (rows.Any(r => r is not JsonObject))
        {
            names.Add(OnlyColumn);
        }

        if (wanted is not null)
        {
            names = [.. wanted.Select(w => names.FirstOrDefault(n => ListView.Plain(n) == ListView.Plain(w))
                ?? throw CliException.Usage($"--columns takes {string.Join(',', names)} here; not '{w}'."))];
        }

        var text = new StringBuilder();
        if (names.Count > 0)
        {
            text.AppendJoin(',', names).Append(LineEnd);
        }

        foreach (var row in rows)
        {
            text.AppendJoin(',', names.Select(n => Cell(row is JsonObject fields ? fields[n] : n == OnlyColumn ? row : null)))
                .Append(LineEnd);
        }

        return text.ToString();
    }

    private static string Cell(JsonNode? value) => value is null ? ""
        : value.GetValueKind() switch
        {
            JsonValueKind.String => CsvCell.Of(value.GetValue<string>()),
            JsonValueKind.Object or JsonValueKind.Array => CsvCell.Of(SafeText.Json(value.ToJsonString(ApiJson.ShownInLines))),
            _ => value.ToJsonString(),
        };
}
