using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Compares a JSON document with a contract before it is read, so that every fault names its field and is in plain words. The
/// serializer's strict options are the second line.
/// </summary>
internal sealed class JsonFaults
{
    private const int LongestName = 64;
    private const int Most = 20;

    private readonly SentNames faults = [];

    /// <summary>The faults as a refusal; null when there are none.</summary>
    internal static Refusal? Find(JsonElement root, JsonTypeInfo contract)
    {
        var check = new JsonFaults();
        check.CheckValue(root, contract, converter: null, path: "");
        if (check.faults.Count == 0)
        {
            return null;
        }

        if (check.faults.TryGetValue("", out var whole))
        {
            return new Refusal(RefusalKind.Invalid, $"The body {whole[0]}.");
        }

        var sentences = check.faults.Take(3).Select(fault => $"{fault.Key} {fault.Value[0]}");
        return new Refusal(RefusalKind.Invalid, string.Join("; ", sentences) + ".") { Errors = check.faults };
    }

    private bool IsFull => faults.Count >= Most;

    private void CheckValue(JsonElement value, JsonTypeInfo type, object? converter, string path)
    {
        if ((converter ?? type.Converter) is IStrictConverter strict)
        {
            Add(path, strict.FaultOf(value));
            return;
        }

        if (converter is not null)
        {
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(value, type, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(value, type, path);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckDictionary(value, type, path);
                break;
            default:
                Add(path, ScalarFaults.Of(value, type.Type));
                break;
        }
    }

    private void CheckObject(JsonElement value, JsonTypeInfo type, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(path, "must be a JSON object");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sent in value.EnumerateObject())
        {
            if (IsFull)
            {
                return;
            }

            var field = Join(path, JsonText.TryGetName(sent, out var name) ? name : "?");
            var property = name is null ? null : Find(type, name);
            if (property is null)
            {
                Add(field, "is not a known field");
            }
            else if (!seen.Add(property.Name))
            {
                Add(field, "is sent twice");
            }
            else if (sent.Value.ValueKind != JsonValueKind.Null || !IsNullable(property))
            {
                CheckValue(sent.Value, InfoOf(property.PropertyType, property.Options), property.CustomConverter, field);
            }
        }

        foreach (var property in type.Properties)
        {
            if (property.IsRequired && !IsFull && !seen.Contains(property.Name))
            {
                Add(Join(path, property.Name), "is required");
            }
        }
    }

    private void CheckList(JsonElement value, JsonTypeInfo type, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(path, "must be a list");
            return;
        }

        var item = InfoOf(type.ElementType!, type.Options);
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (IsFull)
            {
                return;
            }

            CheckValue(element, item, converter: null, $"{path}[{index++}]");
        }
    }

    private void CheckDictionary(JsonElement value, JsonTypeInfo type, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(path, "must be a JSON object");
            return;
        }

        var item = InfoOf(type.ElementType!, type.Options);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sent in value.EnumerateObject())
        {
            if (IsFull)
            {
                return;
            }

            if (!JsonText.TryGetName(sent, out var name))
            {
                Add(Join(path, "?"), "is not valid text");
            }
            else if (!seen.Add(name))
            {
                Add(Join(path, name), "is sent twice");
            }
            else
            {
                CheckValue(sent.Value, item, converter: null, Join(path, name));
            }
        }
    }

    private void Add(string field, string? message)
    {
        if (message is not null && !faults.ContainsKey(field))
        {
            faults.Add(field, [message]);
        }
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string name)
    {
        foreach (var property in type.Properties)
        {
            if (property.Name == name)
            {
                return property;
            }
        }

        return null;
    }

    private static bool IsNullable(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    private static JsonTypeInfo InfoOf(Type type, JsonSerializerOptions options) =>
        options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static string Join(string path, string name)
    {
        var safe = SafeText.OneLine(name, LongestName);
        return path.Length == 0 ? safe : $"{path}.{safe}";
    }
}
