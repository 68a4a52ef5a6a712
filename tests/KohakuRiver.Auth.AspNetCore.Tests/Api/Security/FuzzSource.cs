using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>Values gone wrong: a fixed list of kinds, and some by chance from a seed.</summary>
internal sealed class FuzzSource(ulong seed)
{
    private static readonly string[] Raw =
    [
        "null", "true", "0", "-1", "1.5", "1e3", "1e400", "99999999999999999999", "-9223372036854775809", "\"\"", "\" \"", "\"5\"", "\"null\"",
        "{}", "{\"a\":1}", "[]", "[1]", "[null]", "[[]]", "[\"x\",\"x\"]",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\u202eabc\"", "\"a\\r\\nb\"", "\"\\u001b[2J\"", "\"e\\u0301\"", "\"\ud835\udcb3\ud83d\ude00\u65e5\u672c\"", "\"' OR 1=1--\"",
        "\"../../etc/passwd\"", "\"<script>\"", "\"{{7*7}}\"", "\"9999-12-31T23:59:59Z\"",
    ];

    private ulong state = seed;

    internal IEnumerable<string> PathValues() =>
    [
        "0", "-1", "424242", "9007199254740992", "99999999999999999999", "1.0", "%2532", "%01", "%20", "..%2f..", "%ff%fe", "%F0%9F%98%80", new string('9', 300), new string('x', 3000), InPath(), InPath(),
    ];

    internal IEnumerable<string> QueryValues() =>
        ["", "0", "-1", "null", "true", "1e9", "99999999999999999999", "%00", "%ff", "%F0%9F%98%80", "a%0d%0ab", "'%20OR%201=1--", "%25", "[]", new string('x', 3000), Escaped(), Escaped()];

    /// <summary>A good body with one field wrong, missing, doubled or unknown.</summary>
    internal IEnumerable<string> BodiesFor(string good, string field)
    {
        var sample = JsonNode.Parse(good);
        var rest = sample as JsonObject ?? [];
        var value = rest[field]?.ToJsonString() ?? "1";
        rest.Remove(field);
        var others = rest.Count == 0 ? "" : "," + rest.ToJsonString()[1..^1];
        yield return rest.ToJsonString();
        yield return $$"""{"{{field}}":{{value}},"{{field}}":{{value}}{{others}}}""";
        yield return $$"""{"{{field}}x":{{value}}{{others}}}""";
        yield return $$"""{"{{field.ToUpperInvariant()}}":{{value}}{{others}}}""";
        string[] huge = [$"\"{new string('x', 10_000)}\"", $"[{string.Join(',', Enumerable.Repeat("1", 5_000))}]", new string('9', 10_000), Nested(20), $"\"{new string('x', 70_000)}\""];
        foreach (var wrong in Raw.Concat(huge).Concat([Text(), Text(), Value(0), Value(0)]))
        {
            yield return $$"""{"{{field}}":{{wrong}}{{others}}}""";
        }
    }

    /// <summary>Whole bodies by chance, some with fields of the call.</summary>
    internal IReadOnlyList<string> WholeBodies(IReadOnlyList<string> fields)
    {
        var bodies = new List<string> { "{}", "[]", "", "\0", Nested(40) };
        for (var i = 0; i < 6; i++)
        {
            bodies.Add(Value(0));
            bodies.Add("{" + string.Join(',', fields.Where(_ => Next(2) == 0).Select(f => $"\"{f}\":{Value(1)}")) + "}");
        }

        return bodies;
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private string Value(int depth) => Next(depth > 3 ? 2 : 4) switch
    {
        0 => Raw[Next(Raw.Length)],
        1 => Text(),
        2 => "[" + string.Join(',', Enumerable.Range(0, Next(4)).Select(_ => Value(depth + 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, Next(4)).Select(_ => Text() + ":" + Value(depth + 1))) + "}",
    };

    /// <summary>A JSON text of characters from all over Unicode.</summary>
    private string Text() => JsonSerializer.Serialize(Characters());

    // The test server, unlike Kestrel, has no answer to a NUL in a path: it throws at the client.
    private string InPath() => Uri.EscapeDataString("x" + Characters().Replace("\0", "", StringComparison.Ordinal));

    private string Escaped() => Uri.EscapeDataString(Characters());

    private string Characters()
    {
        var text = new StringBuilder();
        for (var length = Next(24); length > 0; length--)
        {
            var limit = Next(4) switch { 0 => 0x20, 1 => 0x7F, 2 => 0x3000, _ => 0x10FFFF };
            var rune = Next(limit);
            text.Append(Rune.IsValid(rune) ? new Rune(rune).ToString() : "\uFFFD");
        }

        return text.ToString();
    }

    // SplitMix64: the same numbers on every machine and every runtime.
    private int Next(int below)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)below);
    }
}
