using System.Text.Json;
using System.Text.Json.Nodes;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace KohakuRiver.Cli;

/// <summary>
/// <c>--template</c>: a result written by a Scriban template. <c>result</c> is the result; of an object its fields are there by name, too.
/// A template reads the result and nothing else: no files, no variables of the environment.
/// </summary>
internal static class TemplateText
{
    private const int MostOutput = 256 * 1024 * 1024;

    // More than any list has rows, and soon over where a loop does not end.
    private const int MostTurns = 2_000_000;

    /// <summary>Throws a usage error for a template that cannot be read.</summary>
    internal static void Check(string text) => Parsed(text);

    internal static string Write(string text, JsonNode? result)
    {
        var globals = new ScriptObject();
        var value = ValueOf(result);
        if (value is ScriptObject fields)
        {
            foreach (var (name, field) in fields)
            {
                globals[name] = field;
            }
        }

        globals["result"] = value;
        var context = new TemplateContext { LoopLimit = MostTurns, LimitToString = MostOutput };
        context.PushCulture(System.Globalization.CultureInfo.InvariantCulture);
        context.PushGlobal(globals);
        try
        {
            return Parsed(text).Render(context);
        }
        catch (ScriptRuntimeException fault)
        {
            throw CliException.Failed($"--template: {fault.OriginalMessage.TrimEnd('.')}.");
        }
    }

    private static Template Parsed(string text)
    {
        var template = Template.Parse(text);
        return template.HasErrors
            ? throw CliException.Usage($"--template cannot be read: {template.Messages[0].Message.ReplaceLineEndings(" ").TrimEnd('.')}.")
            : template;
    }

    private static object? ValueOf(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var made = new ScriptObject();
                foreach (var (name, field) in fields)
                {
                    made[name] = ValueOf(field);
                }

                return made;
            case JsonArray items:
                var all = new ScriptArray();
                foreach (var item in items)
                {
                    all.Add(ValueOf(item));
                }

                return all;
            case null:
                return null;
            default:
                return node.GetValueKind() switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number => node.AsValue().TryGetValue<long>(out var whole) ? whole : (object)node.GetValue<double>(),
                    _ => node.GetValue<string>(),
                };
        }
    }
}
