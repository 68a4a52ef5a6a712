using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KohakuRiver.Auth;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KohakuRiver.Cli;

/// <summary>A result as one YAML document, which every version of YAML reads alike.</summary>
internal static class YamlText
{
    private const int Indent = 2;

    // What some version of YAML takes for something else than a text. Texts like numbers and times are no words.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "yes", "no", "on", "off", "y", "n", "null",
    };

    internal static string Write(JsonNode? result)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text, Indent, int.MaxValue);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Write(emitter, result);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return Visible(text.ToString());
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, fields.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in fields)
                {
                    WriteText(emitter, name);
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case null:
                Write(emitter, "null", ScalarStyle.Plain);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteText(emitter, value.GetValue<string>());
                break;
            default:
                Write(emitter, node.ToJsonString(), ScalarStyle.Plain);
                break;
        }
    }

    private static void WriteText(Emitter emitter, string text) =>
        Write(emitter, text, IsWord(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted);

    private static void Write(Emitter emitter, string text, ScalarStyle style) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));

    private static bool IsWord(string text) => text.Length > 0 && char.IsAsciiLetter(text[0]) && !Reserved.Contains(text)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '@');

    // Only texts in quotes hold such characters, and there an escape means the same.
    private static string Visible(string yaml)
    {
        if (!VisibleText.HasHidden(yaml, TextKind.Code))
        {
            return yaml;
        }

        var clean = new StringBuilder(yaml.Length + 64);
        foreach (var rune in yaml.EnumerateRunes())
        {
            var one = rune.ToString();
            _ = rune.Value is '\n' || !VisibleText.HasHidden(one, TextKind.Code) ? clean.Append(one)
                : rune.IsBmp ? clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}")
                : clean.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }

        return clean.ToString();
    }
}
