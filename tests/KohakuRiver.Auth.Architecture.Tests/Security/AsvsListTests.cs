using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>
/// Every requirement of the ASVS 5.0, levels 1 and 2, is a row that something shows, or stands with a reason in
/// <c>docs/security-not-applicable.md</c>; none is in both, and none is forgotten.
/// </summary>
public sealed partial class AsvsListTests
{
    private const int Requirements = 253;

    private static readonly IReadOnlyDictionary<string, string> Standard = (
        from line in File.ReadAllLines(
            Path.Combine(Repository.Root, "tests", "KohakuRiver.Auth.Architecture.Tests", "Security", "asvs-5.0.0.tsv"))
        where line.Length > 0 && line[0] != '#'
        select line.Split('\t')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security-not-applicable.md"));

    private static readonly IReadOnlyList<(string Chapter, string Id, string Why)> NotApplicable =
        [.. Sections().Matches(Document).SelectMany(section => Rows().Matches(section.Groups["rows"].Value)
            .Select(row => (section.Groups["chapter"].Value, row.Groups["id"].Value, row.Groups["why"].Value.Trim())))];

    [Fact]
    public void Standard_InTheFile_IsWhole()
    {
        Assert.Equal(Requirements, Standard.Count);
        Assert.Equal(
            Enumerable.Range(1, 17),
            Standard.Keys.Select(id => int.Parse(id[1..id.IndexOf('.', StringComparison.Ordinal)], null)).Distinct().Order());
        Assert.All(Standard.Values, level => Assert.True(level is "1" or "2", level));
    }

    [Fact]
    public void Requirements_OfTheStandard_AreRowsOrNotApplicable()
    {
        var rows = SecurityRow.ReadAll().Where(r => r.Id.StartsWith('V')).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var left = NotApplicable.Select(n => n.Id).ToHashSet(StringComparer.Ordinal);
        ArchitectureRules.Holds(
            (from id in Standard.Keys
             where !rows.ContainsKey(id) && !left.Contains(id)
             select $"{id} stands in no row and is not said to be not applicable")
            .Concat(from id in left where rows.ContainsKey(id) select $"{id} is a row and is said to be not applicable")
            .Concat(from id in left where !Standard.ContainsKey(id) select $"{id} is no requirement of level 1 or 2")
            .Concat(from row in rows.Values
                where (Standard.GetValueOrDefault(row.Id) ?? "3") != row.Level
                select $"{row.Id} is not of level {row.Level}"));
    }

    [Fact]
    public void NotApplicable_Rows_AreThereOnceInOrderWithAReason()
    {
        Assert.Equal(Document.Split('\n').Count(line => line.StartsWith("| V", StringComparison.Ordinal)), NotApplicable.Count);
        ArchitectureRules.Holds(
            NotApplicable.GroupBy(n => n.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key} is there twice")
                .Concat(NotApplicable.Where(n => n.Why.Length < 15).Select(n => $"{n.Id} has no reason"))
                .Concat(NotApplicable.Where(n =>
                    !n.Id.StartsWith(n.Chapter + ".", StringComparison.Ordinal)).Select(n => $"{n.Id} stands under {n.Chapter}"))
                .Concat(NotApplicable.Zip(NotApplicable.Skip(1)).Where(p => Order(p.First.Id) >= Order(p.Second.Id))
                    .Select(p => $"{p.Second.Id} stands after {p.First.Id}")));
    }

    private static long Order(string id) => id[1..].Split('.').Aggregate(0L, (sum, part) => (sum * 1000) + int.Parse(part, null));

    [GeneratedRegex(@"^## (?<chapter>V\d+): [^\n]+\n(?<rows>(?:(?!## )[^\n]*\n?)*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        60_000)]
    private static partial Regex Sections();

    [GeneratedRegex(@"^\| (?<id>V\d+\.\d+\.\d+) \| (?<why>[^|\n]+) \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 60_000)]
    private static partial Regex Rows();
}
