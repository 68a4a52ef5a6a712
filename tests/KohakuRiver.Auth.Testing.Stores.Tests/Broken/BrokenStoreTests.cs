using Xunit.Sdk;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>The suite finds what it is there to find.</summary>
public sealed class BrokenStoreTests
{
    public static TheoryData<string> Names => [.. Defects.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Defect_InAStore_FailsItsCase(string name)
    {
        var defect = Defects.All.Single(d => d.Name == name);
        Assert.Null(await defect.RunAsync(broken: false));

        var found = await defect.RunAsync(broken: true);
        Assert.True(
            found is IAssertionException,
            $"{defect.Cases[0].Name} should have found it by an assertion, but: {found?.ToString() ?? "it passed."}");
    }

    [Fact]
    public void Defects_OfAllSubjects_AreTried() => Assert.Equal(
        SuiteCase.All.Select(c => c.Subject).Distinct().Order(StringComparer.Ordinal),
        Defects.All.SelectMany(d => d.Cases).Select(c => c.Subject).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task RandomSequence_Failing_NamesItsSeedAndTheLastOperations()
    {
        var found = await SequenceDefects.All.First().RunAsync(broken: true);
        Assert.NotNull(found);
        Assert.Matches("^Seed [0-9]+, after [0-9]+ operations: ", found.Message);
        Assert.Contains("The last operations:", found.Message, StringComparison.Ordinal);
    }
}
