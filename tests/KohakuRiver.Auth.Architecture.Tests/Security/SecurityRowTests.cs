using KohakuRiver.Auth.Architecture.Tests.Docs;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>
/// Every row about security is shown by a test that carries it as a trait, by a document, or is a written deviation.
/// Run with <c>KOHAKU_UPDATE_DOCS=1</c> to write <c>docs/generated/requirements.md</c> anew.
/// </summary>
[Collection(Collections.Documents)]
public sealed class SecurityRowTests
{
    private static readonly bool Updating = Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1";
    private static readonly IReadOnlyList<SecurityRow> Rows = SecurityRow.ReadAll();
    private static readonly IReadOnlyList<TestMethod> Tests = TestMethods.ReadAll();

    [Fact]
    public void Rows_InTheFile_AreNamedOnceAndSayWhatTheyAre() => ArchitectureRules.Holds(
        Rows.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key} is there twice")
            .Concat(Rows.Where(r =>
                r.Text.Length == 0 || r.Text.Contains('|', StringComparison.Ordinal)).Select(r => $"{r.Id} has no text for a table"))
            .Concat(Rows.Where(r => r is { Instead.Length: > 0, IsDeviation: false, Document: null }).Select(r => $"{r.Id}: neither "
                + $"Document nor Deviation: {r.Instead}")));

    [Fact]
    public void Tests_CarryingRows_CarryKnownOnes()
    {
        var known = Rows.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        ArchitectureRules.Holds(
            from test in Tests from row in test.Rows where !known.Contains(row) select $"{test.File}: {test.Name}: there is no row {row}");
    }

    [Fact]
    public void Rows_InTheFile_AreShown()
    {
        var shown = Tests.SelectMany(t => t.Rows)
            .Concat(Rows.Where(r => r.Instead.Length > 0).Select(r => r.Id))
            .ToHashSet(StringComparer.Ordinal);
        ArchitectureRules.Holds(Rows.Where(r => !shown.Contains(r.Id)).Select(r => $"{r.Id} has no test: {r.Text}"));
    }

    [Fact]
    public void Documents_ThatShowRows_HaveTheirHeading() => ArchitectureRules.Holds(
        from row in Rows
        where row.Document is not null
        let parts = row.Document!.Split('#')
        let file = Path.Combine(Repository.Root, parts[0])
        where parts.Length != 2 || !File.Exists(file) || !File.ReadLines(file).Any(line => Anchor(line) == parts[1])
        select $"{row.Id}: {row.Document} is not there");

    [Fact]
    public void RequirementsDocument_InTheRepository_ListsWhatShowsEachRow()
    {
        var wanted = SecurityTables.Write(Rows, Tests);
        if (Updating)
        {
            File.WriteAllText(SecurityTables.Path, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(SecurityTables.Path));
    }

    [Fact]
    public void Scan_OfASource_FindsItsLivingTests()
    {
        const string Source = """
                [Fact]
                public void One_Two_Three() => Check();

                [PostgresFact, Trait("a", "b")]
                // Why it is so.
                [InlineData("x")]
                public async Task Two_Two_Three(string x)

                [Theory(Skip = "later")]
                public void Three_Two_Three()

                public void Four_Two_Three()

                [Case]
                [Case("a", null)]
                public static void Five_Two_Three()

                [CaseRows(nameof(Verbs))]
                public async Task Six_Two_Three(string verb)
            """;
        Assert.Equal(["One_Two_Three", "Two_Two_Three", "Five_Two_Three", "Six_Two_Three"], TestMethods.In(Source).Select(t => t.Name));
    }

    [Fact]
    public void Scan_OfASource_FindsTheRowsOfItsAttributes()
    {
        const string Source = """
                [Fact]
                public void B6_Situation_Outcome()

                [Fact, Trait("Requirement", "V3.2.1")]
                [Trait("Requirement", "S6"), Trait("Other", "D1")]
                public void Two_Two_Three()

                [Case]
                [Requirement("V15.4.2", "Known_KohakuRiverApprovals")]
                public async Task Three_Two_Three()

                [Case]
                public void Four_Two_Three()
            """;
        Assert.Equal(
            ["", "V3.2.1 S6", "V15.4.2 Known_KohakuRiverApprovals", ""],
            TestMethods.In(Source).Select(t => string.Join(' ', t.Rows)));
    }

    [Fact]
    public void Tests_OfTheRepository_HaveNamesOfAtMostEightyCharacters() =>
        ArchitectureRules.Holds(Tests.Where(t => t.Name.Length > 80).Select(t => $"{t.File}: {t.Name}"));

    private static string Anchor(string line) => !line.StartsWith('#')
        ? ""
        : string.Concat(
            line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));
}
