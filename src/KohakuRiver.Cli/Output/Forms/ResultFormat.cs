using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Cli;

/// <summary>
/// How results are printed. Everything but tables is made from the JSON of a result, so that all forms hold the same fields. What reads
/// expressions is loaded by those who use it.
/// </summary>
/// <param name="Form">The form.</param>
/// <param name="Query">A JMESPath expression for a part of the result; null for all of it.</param>
/// <param name="Jq">A filter for the program jq; null for none.</param>
/// <param name="Template">A template that writes the result; null for none.</param>
internal sealed record ResultFormat(OutputForm Form, string? Query = null, string? Jq = null, string? Template = null)
{
    /// <summary>For people.</summary>
    internal static ResultFormat ForPeople { get; } = new(OutputForm.Table);

    /// <summary>Whether results are for programs.</summary>
    internal bool IsData => Form is not (OutputForm.Table or OutputForm.Wide);

    /// <summary>Whether results that come one after another can have it: each is a line of JSON then.</summary>
    internal bool IsForStreams => Form == OutputForm.Json && Template is null;

    /// <summary>Throws a usage error for expressions that cannot be understood, before anything is done.</summary>
    internal void Check()
    {
        if (Query is not null)
        {
            JmesQuery.Check(Query);
        }

        if (Jq is not null)
        {
            JqProgram.Check(Jq);
        }

        if (Template is not null)
        {
            TemplateText.Check(Template);
        }
    }

    /// <summary>The text of a result, which ends with a line end unless it is empty or a template says otherwise.</summary>
    /// <param name="json">The result as JSON.</param>
    /// <param name="columns">The fields for CSV; null for all.</param>
    /// <param name="known">Names of the fields where a list is empty.</param>
    /// <param name="isLine">Whether JSON is to be one line.</param>
    internal string Write(string json, IReadOnlyList<string>? columns, IReadOnlyList<string> known, bool isLine)
    {
        if (Query is not null)
        {
            json = Laid(JmesQuery.Apply(Query, json), isLine);
        }

        if (Jq is not null)
        {
            return JqProgram.Run(Jq, json, isLine);
        }

        return Template is not null ? TemplateText.Write(Template, Parsed(json))
            : Form switch
            {
                OutputForm.Csv => CsvText.Write(Parsed(json), columns, Query is null ? known : []),
                OutputForm.Yaml => YamlText.Write(Parsed(json)),
                OutputForm.Ids => IdLines.Write(Parsed(json)),
                _ => SafeText.Json(json) + "\n",
            };
    }

    private static JsonNode? Parsed(string json) => JsonNode.Parse(json);

    private static string Laid(string json, bool isLine) =>
        Parsed(json)?.ToJsonString(isLine ? ApiJson.ShownInLines : ApiJson.Shown) ?? "null";
}
