using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// The JSON schema of the section <c>KohakuAuth</c>, made from the options: types and defaults by reflection, descriptions from their
/// documentation, limits by asking the validator.
/// </summary>
internal static partial class ConfigurationSchema
{
    // A number with its unit, or days, hours, minutes and seconds; nothing is nothing in every unit.
    private const string DurationPattern =
        @"^(0|\d{1,12}(\.\d{1,7})?(ms|s|m|h|d)|(\d{1,8}\.)?([01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(\.\d{1,7})?)$";

    private static readonly JsonSerializerOptions Written =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, XElement> Documentation = XDocument.Load(
        Path.ChangeExtension(typeof(KohakuAuthOptions).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    internal static string Write() => new JsonObject
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["type"] = "object",
        ["properties"] = new JsonObject { [KohakuAuthOptions.SectionName] = Section(typeof(KohakuAuthOptions), []) },
    }.ToJsonString(Written) + "\n";

    /// <summary>What a settings file says that the schema does not know; sections of others are none of its business.</summary>
    internal static IEnumerable<string> Faults(JsonNode settings, JsonNode schema, string path = "")
    {
        if (settings is not JsonObject section || schema["properties"] is not JsonObject known)
        {
            return Fits(settings, schema) ? [] : [$"{path}: {settings.ToJsonString()} is no {schema["type"]}"];
        }

        var strangers = schema["additionalProperties"]?.GetValue<bool>() == false
            ? section.Select(p => p.Key)
                .Except(known.Select(p => p.Key), StringComparer.Ordinal)
                .Select(key => $"{path}: {key} is not known")
            : [];
        return strangers.Concat(
            section.Where(p => known.ContainsKey(p.Key)).SelectMany(p => Faults(p.Value!, known[p.Key]!, $"{path}:{p.Key}")));
    }

    private static bool Fits(JsonNode value, JsonNode schema) =>
        (schema["type"] is JsonArray several ? several.Select(t => t!.GetValue<string>()) : [schema["type"]!.GetValue<string>()])
        .Any(type => type switch
        {
            "array" => value is JsonArray list && list.All(item => Fits(item!, schema["items"]!)),
            "integer" => value.GetValueKind() == JsonValueKind.Number
                && value.GetValue<long>() >= (schema["minimum"]?.GetValue<long>() ?? long.MinValue)
                && value.GetValue<long>() <= (schema["maximum"]?.GetValue<long>() ?? long.MaxValue),
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "null" => value.GetValueKind() == JsonValueKind.Null,
            "string" => value.GetValueKind() == JsonValueKind.String
                && (schema["enum"] is not JsonArray names || names.Any(n => n!.GetValue<string>() == value.GetValue<string>()))
                && (
                    schema["pattern"] is not { } pattern
                        || Regex.IsMatch(value.GetValue<string>(), pattern.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1))),
            _ => false,
        });

    private static JsonObject Section(Type type, string[] path)
    {
        var properties = new JsonObject();
        foreach (var property in type.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            string[] inner = [.. path, property.Name];
            properties[property.Name] = property.PropertyType.Namespace == type.Namespace && property.PropertyType.IsClass
                ? Section(property.PropertyType, inner)
                : Setting(property, inner);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = Summary("T:" + type.FullName),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Setting(PropertyInfo property, string[] path)
    {
        var setting = Typed(property.PropertyType);
        setting.Insert(1, "description", Summary($"P:{property.DeclaringType!.FullName}.{property.Name}"));
        var usual = property.GetValue(Owner(new KohakuAuthOptions(), path));
        if (Default(usual) is { } value)
        {
            setting["default"] = value;
        }

        // A value that cannot be good: the validator's answer names the limits.
        if (property.PropertyType == typeof(int) && Limits(path, int.MinValue) is [var least, var most])
        {
            setting["minimum"] = int.Parse(least, CultureInfo.InvariantCulture);
            setting["maximum"] = int.Parse(most, CultureInfo.InvariantCulture);
        }
        else if (property.PropertyType == typeof(TimeSpan) && Limits(path, TimeSpan.MinValue) is [var shortest, var longest])
        {
            setting["description"] = $"{setting["description"]} From {shortest} to {longest}.";
        }
        else if (property.PropertyType == typeof(string)
            && Fault(path, "x") is { } fault
            && AtLeast().Match(fault) is { Success: true } minimum)
        {
            setting["pattern"] = $"^$|^.{{{minimum.Groups["count"].Value},}}$";
        }

        return setting;
    }

    private static JsonObject Typed(Type type) =>
        type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
        : type == typeof(int) ? new JsonObject { ["type"] = "integer" }
        : type == typeof(TimeSpan) ? new JsonObject { ["type"] = "string", ["pattern"] = DurationPattern }
        : type == typeof(string) ? new JsonObject { ["type"] = new JsonArray("string", "null") }
        : type == typeof(Uri) ? new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "uri" }
        : type == typeof(Role) ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Assignable.Select(r =>
            (JsonNode)r.ToName())]) }
        : type.IsEnum ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(n => (JsonNode)n)]) }
        : type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(IList<>) ? new JsonObject
            {
                ["type"] = "array",
                ["items"] = ItemOf(type.GetGenericArguments()[0]),
            }
        : throw new NotSupportedException($"Say here how {type} is written in JSON.");

    private static JsonObject ItemOf(Type type) => type == typeof(string) ? new JsonObject { ["type"] = "string" } : Typed(type);

    // The roles the validator lets pass in a list.
    private static IEnumerable<Role> Assignable =>
        Enum.GetValues<Role>().Where(role => Fault([nameof(KohakuAuthOptions.ApprovalRequiredRoles)], new List<Role> { role }) is null);

    private static JsonNode? Default(object? value) => value switch
    {
        bool flag => flag,
        int number => number,
        TimeSpan span => DurationText.Write(span),
        Enum name => name.ToString(),
        IList { Count: 0 } => new JsonArray(),
        _ => null,
    };

    private static string[] Limits(string[] path, object value) =>
        Fault(path, value) is { } fault && Between().Match(fault) is { Success: true } match
            ? [match.Groups["least"].Value, match.Groups["most"].Value]
            : [];

    private static string? Fault(string[] path, object value)
    {
        using var services = new ServiceCollection()
            .AddKohakuAuth(o => Owner(o, path).GetType().GetProperty(path[^1])!.SetValue(Owner(o, path), value))
            .UseStores(_ => new InMemoryStoreSet()).Services.BuildServiceProvider();
        try
        {
            _ = services.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException e)
        {
            return e.Failures.First(
                f => f.StartsWith($"{KohakuAuthOptions.SectionName}:{string.Join(':', path)} ", StringComparison.Ordinal));
        }
    }

    private static object Owner(object options, string[] path) =>
        path[..^1].Aggregate(options, (o, name) => o.GetType().GetProperty(name)!.GetValue(o)!);

    private static string Summary(string member) => Spaces().Replace(
        string.Concat(Documentation[member].Element("summary")!.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.')[^1],
            XElement element => element.Value,
            _ => n.ToString(SaveOptions.DisableFormatting)
                .Replace("&lt;", "<", StringComparison.Ordinal)
                .Replace("&amp;", "&", StringComparison.Ordinal),
        })),
        " ").Trim();

    [GeneratedRegex(@"must be between (?<least>\S+) and (?<most>\S+)\.$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Between();

    [GeneratedRegex("at least (?<count>[0-9]+) characters", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
