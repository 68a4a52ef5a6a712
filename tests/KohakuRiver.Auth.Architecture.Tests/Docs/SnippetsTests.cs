namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>The rule about code in documents finds what it is there to find.</summary>
public sealed class SnippetsTests
{
    private const string Here = "tests/KohakuRiver.Auth.Architecture.Tests/Docs/SnippetsTests.cs";

    [Fact]
    public void Block_LikeItsRegion_IsGood() =>
        Assert.Empty(Snippets.Faults($"Text.\n\n<!-- snippet: {Here}#sample -->\n```csharp\nstatic int One() => 1;\n\n    static int "
            + $"Two() => 2;\n```\nMore.\n"));

    [Theory]
    [InlineData("```csharp\nvar x = 1;\n```\n", "has no comment")]
    [InlineData("Text.\n```cs\nvar x = 1;\n```\n", "has no comment")]
    [InlineData("<!-- snippet: README.md -->\n```csharp\nvar x = 1;\n```\n", "has no comment")]
    [InlineData("<!-- snippet: no/such/file.cs#sample -->\n```csharp\nvar x = 1;\n```\n", "is not there")]
    [InlineData($"<!-- snippet: {Here}#other -->\n```csharp\nvar x = 1;\n```\n", "is not there")]
    [InlineData($"<!-- snippet: {Here}#sample -->\n```csharp\nvar x = 1;\n```\n", "differs from")]
    public void Block_ThatIsNoRegion_IsFound(string document, string fault) =>
        Assert.Contains(fault, Assert.Single(Snippets.Faults(document)), StringComparison.Ordinal);

    [Fact]
    public void Blocks_OfOtherLanguages_AreLeftAlone() => Assert.Empty(Snippets.Faults("```sh\ndotnet test\n```\n\n```json\n{}\n```\n"));

    [Fact]
    public void Update_OfADocument_ChangesItsBlocksOnly()
    {
        const string stale = $"# Title\n\n<!-- snippet: {Here}#sample -->\n```csharp\nold\n```\n\n```sh\nls\n```\n";
        var updated = Snippets.Update(stale);
        Assert.Empty(Snippets.Faults(updated));
        Assert.StartsWith("# Title\n\n<!-- snippet: ", updated, StringComparison.Ordinal);
        Assert.EndsWith("static int Two() => 2;\n```\n\n```sh\nls\n```\n", updated, StringComparison.Ordinal);
        Assert.Equal(updated, Snippets.Update(updated));
    }

    [Fact]
    public void Region_InParts_IsTheirLinesWithoutMarkersOfOthers() =>
        Assert.Equal("using System;\n\nvar one = 1;\nvar two = 2;\n", Snippets.Region(Here, "parts"));

    [Theory]
    [InlineData("unended")]
    [InlineData("empty")]
    public void Region_WithoutAnEndOrLines_IsNone(string name) => Assert.Null(Snippets.Region(Here, name));

    [Fact]
    public void Region_OfARazorFile_StandsBetweenItsComments() => Assert.Equal("<p>@one</p>\n", Snippets.Region(Here, "razor"));

    // Shown above; the indentation is part of it.
    /*
        // <snippet:sample>
        static int One() => 1;

            static int Two() => 2;
        // </snippet:sample>

        // <snippet:parts>
        using System;
        // </snippet:parts>
        // <snippet:parts>
        var one = 1;
        // <snippet:unended>
        var two = 2;
        // </snippet:parts>
        // <snippet:empty>
        // </snippet:empty>
        @* <snippet:razor> *@
        <p>@one</p>
        @* </snippet:razor> *@
    */
}
