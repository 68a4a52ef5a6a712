using System.Text.Json;

namespace KohakuRiver.Auth;

/// <summary>An attribute whose values are the members of an enumeration, written in snake case.</summary>
/// <typeparam name="T">The enumeration; its members count from 0.</typeparam>
internal sealed record TagAttribute<T>(string Name) : AttributeInfo(Name, [.. Enum.GetNames<T>().Select(Snake)])
    where T : struct, Enum
{
    private readonly Dictionary<T, string> texts = Enum.GetValues<T>().ToDictionary(v => v, v => Snake(v.ToString()));

    internal string this[T value] => texts[value];

    internal KeyValuePair<string, object?> Tag(T value) => new(Name, texts[value]);

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
