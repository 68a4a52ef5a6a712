namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>Every link from one document to another leads somewhere, and the rule finds one that does not.</summary>
[Collection(Collections.Documents)]
public sealed class LinksTests
{
    private static readonly string Here = Path.Combine(Repository.Root, "docs", "here.md");

    public static TheoryData<string> Documents => new(Links.Documents.Select(Repository.Show));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_OfADocument_LeadSomewhere(string document)
    {
        var path = Path.Combine(Repository.Root, document);
        ArchitectureRules.Holds(Links.Faults(path, File.ReadAllText(path)));
    }

    [Fact]
    public void Documents_OfTheRepository_AreAllInTheIndex()
    {
        var index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "README.md"));
        var docs = Path.Combine(Repository.Root, "docs");
        ArchitectureRules.Holds(
            Directory.EnumerateFiles(docs, "*.md")
                .Concat(Directory.EnumerateFiles(Path.Combine(docs, "generated")))
                .Select(f => Path.GetRelativePath(docs, f))
                .Where(f => f != "README.md" && !index.Contains($"]({f}", StringComparison.Ordinal))
                .Select(f => $"docs/README.md does not name {f}"));
    }

    [Fact]
    public void Decisions_OfTheRepository_AreAllInTheirIndex()
    {
        var folder = Path.Combine(Repository.Root, "docs", "decisions");
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));
        ArchitectureRules.Holds(Directory.EnumerateFiles(folder, "*.md").Select(f => Path.GetFileName(f)!)
            .Where(f => f != "README.md" && !index.Contains($"]({f})", StringComparison.Ordinal))
            .Select(f => $"docs/decisions/README.md does not name {f}"));
    }

    [Theory]
    [InlineData("[x](../README.md)")]
    [InlineData("[x](../README.md#two-commands)")]
    [InlineData("# Some `Code`: here\n[x](#some-code-here)")]
    [InlineData("# Same\n# Same\n[x](#same-1)")]
    [InlineData("[x](https://example.org/nowhere#at-all)")]
    [InlineData("```\n[x](nowhere.md)\n```")]
    [InlineData("`[x](nowhere.md)`")]
    [InlineData("![a picture](images/approvals.png)")]
    public void Link_ThatLeadsSomewhere_IsGood(string text) => Assert.Empty(Links.Faults(Here, text));

    [Theory]
    [InlineData("[x](nowhere.md)", "is not there")]
    [InlineData("![x](images/nowhere.png)", "is not there")]
    [InlineData("[x](../README.md#nowhere)", "has no such heading")]
    [InlineData("# Here\n[x](#there)", "has no such heading")]
    public void Link_ThatLeadsNowhere_IsFound(string text, string fault) =>
        Assert.Contains(fault, Assert.Single(Links.Faults(Here, text)), StringComparison.Ordinal);
}
