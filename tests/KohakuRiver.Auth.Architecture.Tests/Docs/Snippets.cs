using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// Code in documents. A comment before each block, <c>&lt;!-- snippet: path#name --&gt;</c>, says which region of which file it shows;
/// the region stands between <c>// &lt;snippet:name&gt;</c> and <c>// &lt;/snippet:name&gt;</c>, in Razor files with <c>@*</c> and
/// <c>*@</c> around them. A region may have several parts in its file, such as what it uses and where: they are shown one after the other.
/// Parts of different regions may overlap.
/// </summary>
internal static partial class Snippets
{
    private const string Fence = "```";

    /// <summary>
    /// The README, those of the packages, and everything in docs but the decision records, which show what was thought of.
    /// </summary>
    internal static IEnumerable<string> Documents { get; } =
    [
        Path.Combine(Repository.Root, "README.md"),
        .. Repository.Projects.Values.Select(p => Path.Combine(Path.GetDirectoryName(p)!, "README.md")).Order(StringComparer.Ordinal),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(f => !Repository.Show(f).StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What is wrong with the blocks of C# and Razor in a document.</summary>
    internal static IEnumerable<string> Faults(string document) =>
        from block in Blocks().Matches(document)
        let source = Source().Match(block.Groups["before"].Value)
        let code = block.Groups["code"].Value
        let fault = !source.Success
            ? "has no comment <!-- snippet: path#name --> before it"
            : Region(source) is not { } region
                ? $"shows {source.Value}, which is not there"
                : region != code ? $"differs from {source.Value}: run these tests with KOHAKU_UPDATE_DOCS=1" : null
        where fault is not null
        select $"The block that begins \"{code.TrimStart().Split('\n')[0]}\" {fault}";

    /// <summary>The document with each block as its region is now.</summary>
    internal static string Update(string document) => Blocks().Replace(document, block =>
        Source().Match(block.Groups["before"].Value) is { Success: true } source && Region(source) is { } region
            ? $"{block.Groups["before"].Value}{block.Groups["open"].Value}\n{region}{Fence}"
            : block.Value);

    /// <summary>The parts of a region, each without its common indentation; null when there is no such file or region.</summary>
    internal static string? Region(string path, string name)
    {
        var file = Path.Combine(Repository.Root, path);
        if (!File.Exists(file))
        {
            return null;
        }

        var parts = new List<string>();
        List<string>? part = null;
        foreach (var line in File.ReadLines(file))
        {
            if (Marker().Match(line) is not { Success: true } marker)
            {
                part?.Add(line);
            }
            else if (marker.Groups["name"].Value != name)
            {
                continue;
            }
            else if (!marker.Groups["end"].Success)
            {
                part = [];
            }
            else if (part is { Count: > 0 })
            {
                parts.Add(Show(part));
                part = null;
            }
        }

        return part is null && parts.Count > 0 ? string.Join('\n', parts) : null;
    }

    private static string Show(List<string> lines)
    {
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }

    private static string? Region(Match source) => Region(source.Groups["path"].Value, source.Groups["name"].Value);

    // The line before the fence belongs to it; a fence may be indented, as in a list, and then finds no region equal to it.
    [GeneratedRegex(@"(?<before>(?:^[^\n]*\n)?)(?<open>^[ \t]*```[ \t]*(csharp|cs|c\#|razor|cshtml)\b[^\n]*)\n(?<code>.*?)^[ \t]*```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 60_000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\s*(//|@\*) <(?<end>/)?snippet:(?<name>[\w-]+)>( \*@)?\s*$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Marker();

    [GeneratedRegex(@"<!-- snippet: (?<path>[^\s#]+)#(?<name>[\w-]+) -->", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Source();
}
