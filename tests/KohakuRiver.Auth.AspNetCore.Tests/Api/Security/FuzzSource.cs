using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>Values gone wrong: a fixed list of kinds, and generators of values by chance.</summary>
internal static class FuzzSource
{
    private const int MostCharacters = 23;
    private const int MostItems = 3;
    private const int DeepestByChance = 4;

    private static readonly string[] Raw =
    [
        "null", "true", "0", "-1", "1.5", "1e3", "1e400", "99999999999999999999", "-9223372036854775809",
        "\"\"", "\" \"", "\"5\"", "\"null\"", "{}", "{\"a\":1}", "[]", "[1]", "[null]", "[[]]", "[\"x\",\"x\"]",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\u202eabc\"", "\"a\\r\\nb\"", "\"\\u001b[2J\"", "\"e\\u0301\"",
        "\"\ud835\udcb3\ud83d\ude00\u65e5\u672c\"", "\"' OR 1=1--\"",
        "\"../../etc/passwd\"", "\"<script>\"", "\"{{7*7}}\"", "\"9999-12-31T23:59:59Z\"",
    ];

    private static readonly Gen<string> Characters = Gen
        .OneOf(Gen.Int[0, 0x1F], Gen.Int[0, 0x7E], Gen.Int[0, 0x2FFF], Gen.Int[0, 0x10FFFE])
        .Select(rune => Rune.IsValid(rune) ? new Rune(rune).ToString() : "\uFFFD")
        .Array[0, MostCharacters].Select(string.Concat);

    /// <summary>A JSON text of characters from all over Unicode.</summary>
    private static readonly Gen<string> Texts = Characters.Select(text => JsonSerializer.Serialize(text));

    private static readonly Gen<string> Values = Gen.Recursive<string>((depth, value) => depth >= DeepestByChance
        ? Gen.OneOf(Gen.OneOf(Raw), Texts)
        : Gen.OneOf(
            Gen.OneOf(Raw),
            Texts,
            value.Array[0, MostItems].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(Texts, value, (name, item) => $"{name}:{item}").Array[0, MostItems]
                .Select(fields => $"{{{string.Join(',', fields)}}}")));

    internal static IReadOnlyList<string> PathValues { get; } =
    [
        "0", "-1", "424242", "9007199254740992", "99999999999999999999", "1.0", "%2532", "%01", "%20", "..%2f..", "%ff%fe",
        "%F0%9F%98%80", new('9', 300), new('x', 3000),
    ];

    // The test server, unlike Kestrel, has no answer to a NUL in a path: it throws at the client.
    internal static Gen<string> PathValuesByChance { get; } =
        Characters.Select(text => Uri.EscapeDataString("x" + text.Replace("\0", "", StringComparison.Ordinal)));

    internal static IReadOnlyList<string> QueryValues { get; } =
    [
        "", "0", "-1", "null", "true", "1e9", "99999999999999999999", "%00", "%ff", "%F0%9F%98%80", "a%0d%0ab", "'%20OR%201=1--",
        "%25", "[]", new('x', 3000),
    ];

    internal static Gen<string> QueryValuesByChance { get; } = Characters.Select(Uri.EscapeDataString);

    internal static IReadOnlyList<string> WholeBodies { get; } = ["{}", "[]", "", "\0", Nested(40)];

    /// <summary>A good body with one field wrong, missing, doubled or unknown.</summary>
    internal static IEnumerable<string> BodiesFor(string good, string field)
    {
        var (value, others) = Parts(good, field);
        yield return $"{{{others.TrimStart(',')}}}";
        yield return $$"""{"{{field}}":{{value}},"{{field}}":{{value}}{{others}}}""";
        yield return $$"""{"{{field}}x":{{value}}{{others}}}""";
        yield return $$"""{"{{field.ToUpperInvariant()}}":{{value}}{{others}}}""";
        string[] huge =
        [
            $"\"{new string('x', 10_000)}\"", $"[{string.Join(',', Enumerable.Repeat("1", 5_000))}]", new string('9', 10_000), Nested(20),
            $"\"{new string('x', 70_000)}\"",
        ];
        foreach (var wrong in Raw.Concat(huge))
        {
            yield return $$"""{"{{field}}":{{wrong}}{{others}}}""";
        }
    }

    /// <summary>A good body with one field of a value by chance.</summary>
    internal static Gen<string> BodiesByChance(string good, string field)
    {
        var (_, others) = Parts(good, field);
        return Gen.OneOf(Texts, Values).Select(wrong => $$"""{"{{field}}":{{wrong}}{{others}}}""");
    }

    /// <summary>Whole bodies by chance, some with fields of the call.</summary>
    internal static Gen<string> WholeBodiesByChance(IReadOnlyList<string> fields) => Gen.OneOf(
        Values,
        Gen.Select(Gen.Bool, Values).Array[fields.Count]
            .Select(chosen => fields.Zip(chosen).Where(c => c.Second.Item1).Select(c => $"\"{c.First}\":{c.Second.Item2}"))
            .Select(chosen => $"{{{string.Join(',', chosen)}}}"));

    /// <summary>The field's value, and the other fields with a comma in front.</summary>
    private static (string Value, string Others) Parts(string good, string field)
    {
        var rest = JsonNode.Parse(good) as JsonObject ?? [];
        var value = rest[field]?.ToJsonString() ?? "1";
        rest.Remove(field);
        return (value, rest.Count == 0 ? "" : "," + rest.ToJsonString()[1..^1]);
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
