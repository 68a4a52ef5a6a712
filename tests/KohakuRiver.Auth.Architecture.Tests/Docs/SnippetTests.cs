using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// Code in the documents is code that compiles: a comment <c>snippet: file name</c> before the block says which region it is.
/// </summary>
public sealed partial class SnippetTests
{
    [Fact]
    public void Documents_TheirSnippets_AreWhatCompiles()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .SelectMany(file => Marker().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")).Select(match => (file, match)))
            .ToList();
        Assert.NotEmpty(found);
        Assert.All(found, pair => Assert.Equal(
            Region(pair.match.Groups["file"].Value, pair.match.Groups["name"].Value), pair.match.Groups["code"].Value));
    }

    private static string Region(string file, string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, file))
            .SkipWhile(line => !line.Contains($"<snippet:{name}>", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains($"</snippet:{name}>", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(lines);
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : "")).Trim('\n');
    }

    [GeneratedRegex(@"<!-- snippet: (?<file>\S+) (?<name>\S+) -->\n```csharp\n(?<code>.*?)\n```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Marker();
}
