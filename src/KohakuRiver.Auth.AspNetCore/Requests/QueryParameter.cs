using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Endpoint metadata: an optional query parameter that the call reads itself with <see cref="StrictQuery"/>, for the OpenAPI document.
/// </summary>
internal sealed class QueryParameter
{
    private QueryParameter(string name, QueryParameterKind kind, string description, JsonNode? example)
    {
        Name = name;
        Kind = kind;
        Description = description;
        Example = example;
    }

    internal string Name { get; }

    internal QueryParameterKind Kind { get; }

    internal string Description { get; }

    /// <summary>A value that may be sent; null when there is none to show.</summary>
    internal JsonNode? Example { get; }

    /// <summary>The most characters of a text.</summary>
    internal int Longest { get; private init; }

    /// <summary>The words there are to choose from; empty for every kind but <see cref="QueryParameterKind.OneOf"/>.</summary>
    internal IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The least and the most that an <see cref="QueryParameterKind.Int"/> may be.</summary>
    internal (int Least, int Most) Range { get; private init; }

    internal static QueryParameter Text(string name, int longest, string description, string? example = null) =>
        new(name, QueryParameterKind.Text, description, example) { Longest = longest };

    internal static QueryParameter OneOf(string name, IEnumerable<string> words, string description, string example) =>
        new(name, QueryParameterKind.OneOf, description, example) { Words = [.. words] };

    internal static QueryParameter Id(string name, string description, long example) =>
        new(name, QueryParameterKind.Id, description, example);

    internal static QueryParameter Bool(string name, string description, bool example) =>
        new(name, QueryParameterKind.Bool, description, example);

    internal static QueryParameter Instant(string name, string description, string? example = null) =>
        new(name, QueryParameterKind.Instant, description, example);

    internal static QueryParameter Int(string name, int least, int most, string description, int example) =>
        new(name, QueryParameterKind.Int, description, example) { Range = (least, most) };
}
