using System.Reflection;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>Nothing is printed for operators that no test has run.</summary>
public sealed class PrintedBlockTests
{
    public static TheoryData<string> Documents => new(PrintedBlock.Documents);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Blocks_OfADocument_SayHowTheyAreTested(string document)
    {
        var blocks = PrintedBlock.In(PrintedBlock.ReadDocument(document)).ToList();
        Assert.NotEmpty(blocks);
        Assert.Empty(
            blocks.Where(IsUntested).Select(b => $"No comment <!-- run: NAME --> is before the block that begins: {FirstLine(b)}"));
    }

    [Fact]
    public void Blocks_OfTheDocuments_AreEachRunByATest()
    {
        var printed = PrintedBlock.Documents.SelectMany(d => PrintedBlock.In(PrintedBlock.ReadDocument(d)))
            .Where(b => b.Comment == "run").Select(b => b.Name).ToList();
        var tested = typeof(PrintedBlockTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetCustomAttributes<TraitAttribute>())
            .Where(t => t.Name == PrintedBlock.Trait).Select(t => t.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(printed.Count, printed.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(printed.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_OfADocument_AreInBlocks(string document) =>
        Assert.Empty(PrintedBlock.CommandsOutsideOfBlocks(PrintedBlock.ReadDocument(document)));

    [Theory]
    [InlineData("Text.\n\n```sh\nrm -r /\n```\n", true)]
    [InlineData("<!-- run: clean -->\n\n```sh\nrm -r /\n```\n", true)]
    [InlineData("<!-- snippet: a.cs#b -->\n```sh\nrm -r /\n```\n", true)]
    [InlineData("<!-- run: clean -->\n```sh\nrm -r /\n```\n", false)]
    [InlineData("<!-- not run: it removes everything -->\n```sh\nrm -r /\n```\n", false)]
    [InlineData("<!-- snippet: a.cs#b -->\n```csharp\nvar x = 1;\n```\n", false)]
    public void Block_WithoutAComment_IsFound(string document, bool isUntested) =>
        Assert.Equal(isUntested, IsUntested(Assert.Single(PrintedBlock.In(document))));

    [Theory]
    [InlineData("Type `sqlite3 a.db .dump` or so.", 1)]
    [InlineData("Type `UPDATE kohaku_users SET is_active = 0` or so.", 1)]
    [InlineData("With `sqlite3`, set `Data Source=…`.", 0)]
    [InlineData("<!-- run: it -->\n```sh\necho `rm -r /`\n```\n", 0)]
    public void Command_InRunningText_IsFound(string document, int commands) =>
        Assert.Equal(commands, PrintedBlock.CommandsOutsideOfBlocks(document).Count());

    private static bool IsUntested(PrintedBlock block) => block.Comment switch
    {
        "run" or "not run" => false,
        "snippet" => block.Language != "csharp",
        _ => true,
    };

    private static string FirstLine(PrintedBlock block) => block.Code.Split('\n')[0];
}
