using Xunit.Sdk;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>The suite finds what it is there to find.</summary>
public sealed class BrokenStoreTests
{
    public static TheoryData<string> Names => [.. Defects.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Defect_InAStore_FailsItsFact(string name)
    {
        var defect = Defects.All.Single(d => d.Name == name);
        Assert.Null(await defect.RunAsync(broken: false));

        var found = await defect.RunAsync(broken: true);
        Assert.True(found is IAssertionException, $"{defect.Fact} should have found it by an assertion, but: {found?.ToString() ?? "it passed."}");
    }

    [Fact]
    public void Defects_OfAllConformanceClasses_AreTried() =>
        Assert.Empty(ConformanceCompleteness.ConformanceClasses.Except(Defects.All.Select(d => d.Suite.BaseType!)));

    [Fact]
    public async Task RandomSequence_Failing_NamesItsSeedAndTheLastOperations()
    {
        var found = await Defects.All.First(d => d.Suite == typeof(BrokenRandomSequence)).RunAsync(broken: true);
        Assert.NotNull(found);
        Assert.Matches("^Seed [0-9]+, after [0-9]+ operations: ", found.Message);
        Assert.Contains("The last operations:", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Completeness_NothingDerived_NamesTheClasses()
    {
        var found = Record.Exception(() => ConformanceCompleteness.AssertComplete(typeof(StoreConformance).Assembly));
        Assert.NotNull(found);
        Assert.Equal(17, ConformanceCompleteness.ConformanceClasses.Count);
        Assert.All(ConformanceCompleteness.ConformanceClasses, c => Assert.Contains(c.Name, found.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Completeness_OneForgotten_NamesThatOneOnly()
    {
        var all = ConformanceCompleteness.ConformanceClasses;
        var found = Record.Exception(() => ConformanceCompleteness.AssertComplete(
            typeof(StoreConformance).Assembly, null, [.. all.Where(c => c != typeof(TokenStoreConformance))]));
        Assert.NotNull(found);
        Assert.EndsWith(": TokenStoreConformance.", found.Message, StringComparison.Ordinal);
        ConformanceCompleteness.AssertComplete(typeof(StoreConformance).Assembly, null, all);
    }

    [Fact]
    public void Completeness_DerivedClassesWithoutTheMarker_DoNotCount() => Assert.NotNull(Record.Exception(
        () => ConformanceCompleteness.AssertComplete(typeof(BrokenStoreTests).Assembly, typeof(IBrokenSuite))));
}
