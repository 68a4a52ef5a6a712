using System.Text.Json;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Lists and maps as JSON text: they are always read and written as a whole, never searched.</summary>
internal static class JsonColumns
{
    public static string Write<T>(IReadOnlyList<T> values) => values.Count == 0 ? "[]" : JsonSerializer.Serialize(values);

    public static string WriteMap<T>(IReadOnlyDictionary<string, T> values) =>
        values.Count == 0 ? "{}" : JsonSerializer.Serialize(Sorted(values));

    public static IReadOnlyList<T> ReadList<T>(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<List<T>>(json) ?? [];

    public static IReadOnlyDictionary<string, T> ReadMap<T>(string json) =>
        json == "{}" ? Sorted<T>([]) : Sorted(JsonSerializer.Deserialize<Dictionary<string, T>>(json) ?? []);

    private static SortedDictionary<string, T> Sorted<T>(IEnumerable<KeyValuePair<string, T>> values)
    {
        var sorted = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            sorted[key] = value;
        }

        return sorted;
    }
}
