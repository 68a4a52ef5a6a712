using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// What can be observed has stable names by the conventions, and stands in docs/generated/instruments.md. Run with
/// <c>KOHAKU_UPDATE_DOCS=1</c> to write it anew.
/// </summary>
[Collection(Collections.Documents)]
public sealed partial class ObservabilityTests
{
    [Fact]
    public void Tables_InTheDocument_AreWhatTheCodeDeclares()
    {
        var path = Path.Combine(Repository.Root, "docs", "generated", "instruments.md");
        var wanted = ObservabilityDocument.Write();
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(path));
        ArchitectureRules.Holds(
            Instruments.All.Select(i => i.Name)
                .Concat(Activities.All.Select(a => a.Name))
                .Concat(ObservabilityDocument.LogMessages.Select(m => m.Name))
            .Where(name => !wanted.Contains($"| `{name}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Instruments_OfAHost_AreTheDeclaredOnes() => Assert.Equal(
        Instruments.All.Select(i => (i.Name, i.Unit, i.Meaning)).Order(),
        ObservabilityDocument.Published().Select(i => (i.Name, i.Unit!, i.Description!)).Order());

    [Fact]
    public void Names_FollowTheConventions_AndNoneIsAlsoANamespace()
    {
        var instruments = Instruments.All.Select(i => i.Name).ToList();
        var attributes = Instruments.All.SelectMany(i => i.Attributes).Concat(Activities.All.SelectMany(a => a.Attributes)).ToList();
        ArchitectureRules.Holds(
            instruments.Concat(Activities.All.Select(a => a.Name))
                .Concat(attributes.Select(a => a.Name).Where(n => n is not (Activities.UserId or Activities.ErrorType)))
            .Where(name => !Name().IsMatch(name)));
        ArchitectureRules.Holds(attributes.SelectMany(a => a.Values).Where(value => !Value().IsMatch(value)));
        ArchitectureRules.Holds(
            instruments.Where(name => instruments.Exists(other => other.StartsWith(name + ".", StringComparison.Ordinal))));
        Assert.Equal(instruments.Count, instruments.Distinct(StringComparer.Ordinal).Count());
        ArchitectureRules.Holds(Instruments.All.Where(i => i.Unit != "s" && !Unit().IsMatch(i.Unit)).Select(i => i.Name));
    }

    [Fact]
    public void Attributes_OfInstruments_HaveFewValues() => ArchitectureRules.Holds(
        from one in Instruments.All
        let series = one.Attributes.Aggregate(1, (product, a) => product * a.Values.Count)
        where series is < 1 or > 50
        select $"{one.Name}: {series}");

    [Fact]
    public void LogMessages_OfAllPackages_HaveIdsAndNamesOfTheirOwn()
    {
        var messages = ObservabilityDocument.LogMessages;
        Assert.True(messages.Count >= 15);
        ArchitectureRules.Holds(
            messages.GroupBy(m => m.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(m => m.Name))}"));
        ArchitectureRules.Holds(messages.GroupBy(m => m.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(messages, m => Assert.InRange(m.Id, 1000, 9999));
    }

    [Fact]
    public void LogCalls_InTheLibraries_AreAllDeclared() => ArchitectureRules.Holds(
        from file in Repository.CSharp("src")
        from line in File.ReadLines(file)
        where LogCall().IsMatch(line)
        select $"{Repository.Show(file)}: {line.Trim()}");

    [Theory]
    [InlineData("logger.LogWarning(\"x\");", true)]
    [InlineData("logger.Log(LogLevel.Error, e, \"x\");", true)]
    [InlineData("logger.RoundFailed(\"x\", e);", false)]
    [InlineData("Math.Log(2);", false)]
    public void LogRule_OnSamples_TellsThemApart(string line, bool found) => Assert.Equal(found, LogCall().IsMatch(line));

    [GeneratedRegex(@"^kohaku_river\.auth(\.[a-z]+(_[a-z]+)*)+$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z]+(_[a-z]+)*$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Value();

    [GeneratedRegex(@"^\{[a-z]+\}$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Unit();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(|\.Log\(LogLevel", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex LogCall();
}
