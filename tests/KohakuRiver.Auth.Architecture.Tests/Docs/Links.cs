using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>Links between the documents of the repository: each leads to a file, and to a heading of it where it names one.</summary>
internal static partial class Links
{
    internal static IEnumerable<string> Documents { get; } =
        [.. Repository.Texts().Where(f => f.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>What is wrong with the links of a document that lies at <paramref name="path"/>.</summary>
    internal static IEnumerable<string> Faults(string path, string text) =>
        from link in Link().Matches(WithoutCode(text))
        let target = link.Groups["target"].Value
        where !Elsewhere().IsMatch(target)
        let fault = Fault(path, text, target)
        where fault is not null
        select $"{target} {fault}";

    /// <summary>The anchors of a document's headings, as GitHub makes them.</summary>
    internal static IReadOnlySet<string> Anchors(string text)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in Heading().Matches(WithoutCode(text)).Select(m => m.Groups["text"].Value))
        {
            var plain = LinkText().Replace(heading, m => m.Groups["text"].Value).Trim().ToLowerInvariant();
            var anchor = string.Concat(plain.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');
            var unique = anchor;
            for (var i = 1; !anchors.Add(unique); i++)
            {
                unique = $"{anchor}-{i}";
            }
        }

        return anchors;
    }

    private static string? Fault(string path, string text, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0
            ? path
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(parts[0])));
        if (file != path && !File.Exists(file) && !Directory.Exists(file))
        {
            return "is not there";
        }

        return parts.Length == 1 || Anchors(file == path ? text : File.ReadAllText(file)).Contains(parts[1]) ? null : "has no such heading";
    }

    private static string WithoutCode(string text) =>
        CodeSpan().Replace(CodeBlock().Replace(text, ""), m => m.Value.Contains("](", StringComparison.Ordinal) ? "" : m.Value);

    [GeneratedRegex(@"\]\(\s*<?(?<target>[^)\s>]+)>?(\s+""[^""]*"")?\s*\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"^#{1,6}[ \t]+(?<text>[^\n]+?)[ \t]*#*[ \t]*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex LinkText();

    [GeneratedRegex(@"^[ \t]*```.*?^[ \t]*```[^\n]*$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex CodeSpan();
}
