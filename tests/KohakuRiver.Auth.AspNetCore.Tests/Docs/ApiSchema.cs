using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>
/// Holds JSON against the schemas of the API description: as much of JSON Schema as they use, and no field they do not name.
/// </summary>
internal sealed class ApiSchema(JsonElement document)
{
    /// <summary>What is wrong with a value.</summary>
    internal IEnumerable<string> Faults(JsonElement schema, JsonElement value, string at = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Faults(Resolve(reference.GetString()!), value, at);
        }

        if (schema.TryGetProperty("oneOf", out var forms))
        {
            return forms.EnumerateArray().Count(f => !Faults(f, value, at).Any()) == 1 ? [] : [$"{at} is not exactly one of its forms"];
        }

        if (!Types(schema).Contains(KindOf(value), StringComparer.Ordinal)
            && !(KindOf(value) == "integer" && Types(schema).Contains("number", StringComparer.Ordinal)))
        {
            return [$"{at} is {KindOf(value)} instead of {string.Join(" or ", Types(schema))}"];
        }

        if (schema.TryGetProperty("enum", out var names) && !names.EnumerateArray().Any(n => n.GetRawText() == value.GetRawText()))
        {
            return [$"{at} {value.GetRawText()} is none of {names.GetRawText()}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, i) => Faults(schema.GetProperty("items"), item, $"{at}[{i}]")),
            JsonValueKind.Object => ObjectFaults(schema, value, at),
            _ => [],
        };
    }

    /// <summary>What a reference names.</summary>
    internal JsonElement Resolve(string reference) =>
        reference.Split('/')[1..].Aggregate(document, (place, name) => place.GetProperty(name));

    /// <summary>The element, or what it refers to.</summary>
    internal JsonElement Resolve(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? Resolve(reference.GetString()!) : element;

    private IEnumerable<string> ObjectFaults(JsonElement schema, JsonElement value, string at)
    {
        foreach (var needed in schema.TryGetProperty("required", out var all) ? all.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(needed.GetString()!, out _))
            {
                yield return $"{at}.{needed} is missing";
            }
        }

        foreach (var field in value.EnumerateObject())
        {
            var known = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(field.Name, out _);
            if (!known && !schema.TryGetProperty("additionalProperties", out _))
            {
                yield return $"{at}.{field.Name} is not described";
                continue;
            }

            var form = known ? properties.GetProperty(field.Name) : schema.GetProperty("additionalProperties");
            foreach (var fault in Faults(form, field.Value, $"{at}.{field.Name}"))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement schema)
    {
        var type = schema.GetProperty("type");
        return type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => value.TryGetInt64(out _) ? "integer" : "number",
    };
}
