using System.Globalization;
using System.Text.Json.Nodes;

namespace KohakuRiver.Cli;

/// <summary>
/// The fields of a call as typed: <c>key=value</c>, <c>outer[inner]=value</c> for objects and <c>key[]=value</c> for lists.
/// </summary>
internal sealed class CallFields
{
    private readonly JsonObject fields = [];

    internal bool IsEmpty => fields.Count == 0;

    /// <summary>Adds one. Throws a usage error for what cannot be read, and for what contradicts another one.</summary>
    /// <param name="text">The field.</param>
    /// <param name="isTyped">Whether true, false, null and whole numbers are that, and <c>@FILE</c> what is in the file.</param>
    internal void Add(string text, bool isTyped)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            throw CliException.Usage($"A field is KEY=VALUE, not '{text}'.");
        }

        var path = text[..at].Replace("]", "", StringComparison.Ordinal).Split('[');
        var value = isTyped ? Typed(text[(at + 1)..]) : JsonValue.Create(text[(at + 1)..]);
        var inside = fields;
        for (var depth = 0; depth < path.Length; depth++)
        {
            var name = path[depth];
            var isLast = depth == path.Length - 1;
            if (name.Length == 0)
            {
                throw Contradiction(text);
            }

            if (isLast)
            {
                if (!inside.TryAdd(name, value))
                {
                    throw Contradiction(text);
                }
            }
            else if (depth == path.Length - 2 && path[^1].Length == 0)
            {
                Inner(inside, name, () => new JsonArray(), text).Add((JsonNode?)value);
                return;
            }
            else
            {
                inside = Inner(inside, name, () => new JsonObject(), text);
            }
        }
    }

    internal string AsJson() => fields.ToJsonString();

    /// <summary>The address with the fields in its query.</summary>
    internal Uri AsQueryOf(Uri uri)
    {
        var pairs = fields.SelectMany(f => f.Value is JsonArray items ? items.Select(i => (f.Key, Value: i)) : [(f.Key, f.Value)])
            .Select(p => Uri.EscapeDataString(p.Key) + "=" + Uri.EscapeDataString(p.Value?.ToString() ?? ""));
        return new UriBuilder(uri) { Query = string.Join('&', new[] { uri.Query.TrimStart('?') }.Where(q => q.Length > 0).Concat(pairs)) }
            .Uri;
    }

    private static T Inner<T>(JsonObject of, string name, Func<T> make, string text)
        where T : JsonNode
    {
        if (of[name] is null)
        {
            of[name] = make();
        }

        return of[name] as T ?? throw Contradiction(text);
    }

    private static CliException Contradiction(string text) =>
        CliException.Usage($"'{text}' contradicts another field, or is not KEY=VALUE, OUTER[INNER]=VALUE or KEY[]=VALUE.");

    private static JsonValue? Typed(string text) => text switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        "null" => null,
        ['@', .. var file] => JsonValue.Create(File.ReadAllText(file)),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
