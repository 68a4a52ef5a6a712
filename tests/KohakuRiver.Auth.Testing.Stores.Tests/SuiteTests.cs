using System.Reflection;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores.Tests.Broken;
using Xunit.Sdk;

namespace KohakuRiver.Auth.Testing.Stores.Tests;

/// <summary>What is listed for a suite, and under which names.</summary>
public sealed class SuiteTests
{
    private const string LeftOut = "Sets.LeftOut_CasesOfTheSuite_AreThoseItCannotBeAsked";

    [Fact]
    public async Task Rows_OfASuite_AreItsCasesByNameWithTheirTraits()
    {
        var rows = await RowsAsync<BrokenSuite>();
        Assert.Equal(SuiteCase.All.Select(c => c.Name), rows.Select(r => r.TestDisplayName));
        Assert.All(rows, row => Assert.Equal([row.TestDisplayName], row.GetData()));
        Assert.All(rows, row => Assert.Equal("", row.Label));
        Assert.All(
            rows,
            row => Assert.StartsWith(Assert.Single(row.Traits!["Subject"]) + ".", row.TestDisplayName, StringComparison.Ordinal));
        var race = Assert.Single(rows, r => r.TestDisplayName == "Approvals.Decide_ApproveRejectAndWithdrawAtOnce_OneWins");
        Assert.Contains("V15.4.2", race.Traits!["Requirement"]);
    }

    [Fact]
    public void Cases_OfEveryClass_AreListedAndNamedOnce()
    {
        var classes = typeof(StoreCases).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(StoreCases))).ToList();
        Assert.Equal(
            classes.Select(c => c.Name).Order(StringComparer.Ordinal),
            SuiteCase.All.Select(c => c.Method.DeclaringType!.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(SuiteCase.All.Count, SuiteCase.All.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count());

        // A method without the attribute would be a case that nobody runs.
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = classes.SelectMany(c => c.GetMethods(Declared))
            .Where(m => !m.IsSpecialName && m.Name != nameof(IAsyncDisposable.DisposeAsync));
        Assert.Equal(
            methods.Select(Full).Order(StringComparer.Ordinal),
            SuiteCase.All.Select(c => Full(c.Method)).Distinct().Order(StringComparer.Ordinal));
        Assert.All(SuiteCase.All, c => Assert.Equal(c.Method.GetParameters().Length, c.Arguments.Count));
    }

    [Fact]
    public async Task Rows_OfASuiteThatLeavesSomethingOut_LackThatOnly()
    {
        var rows = (await RowsAsync<NeitherSuite>()).Select(r => r.TestDisplayName!);
        Assert.Equal(SuiteCase.All.Where(c => c.Subject is not ("Epoch" or "Faults")).Select(c => c.Name), rows);
    }

    [Fact]
    public async Task LeftOut_WhatTheSetCannotBeAsked_IsFine() =>
        Assert.Null(await Record.ExceptionAsync(() => new NeitherSuite().Case(LeftOut)));

    [Fact]
    public async Task LeftOut_EpochThatIsThere_Fails() =>
        await FailsAsync(new HiddenEpochSuite(), LeftOut, "but the set offers an IChangeEpoch");

    [Fact]
    public async Task LeftOut_FaultsThatCouldBeMade_Fails() =>
        await FailsAsync(new HiddenFaultSuite(), LeftOut, "but FailAfter is overridden");

    [Fact]
    public async Task LeftOut_NothingAndTheSetHasNoEpoch_Fails()
    {
        await FailsAsync(new EpochlessSuite(), LeftOut, "leave OptionalCases.Epoch out");
        await FailsAsync(new EpochlessSuite(), "Epoch.Read_ForTheFirstTime_KnowsNothingFromBefore", "LeavesOut(OptionalCases.Epoch");
    }

    [Fact]
    public async Task LeftOut_NothingAndNoFaultCanBeMade_FailsTheFaults()
    {
        var found = await Record.ExceptionAsync(() => new EpochlessSuite().Case("Faults.Settings_FailingAtAnyPoint_StayAsTheyAre"));
        var said = Assert.IsType<NotSupportedException>(found).Message;
        Assert.Contains("override FailAfter, or add [LeavesOut(OptionalCases.Faults", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_UnknownName_SaysSo() =>
        await Assert.ThrowsAsync<ArgumentException>(() => new BrokenSuite().Case("Users.Nothing"));

    [Fact]
    public async Task Case_Over_DisposesOfEverySetItOpened()
    {
        var suite = new CountingSuite();
        await suite.Case("Sets.Initialize_Again_KeepsTheData");
        Assert.True(suite.Opened > 4, $"{suite.Opened} sets were opened.");
        Assert.Equal(suite.Opened, suite.Disposed);
    }

    private static async Task FailsAsync(StoreSuite suite, string name, string message)
    {
        var found = await Record.ExceptionAsync(() => suite.Case(name));
        Assert.IsType<IAssertionException>(found, exactMatch: false);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    private static string Full(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static async Task<IReadOnlyCollection<ITheoryDataRow>> RowsAsync<TSuite>()
        where TSuite : StoreSuite
    {
        await using var disposal = new DisposalTracker();
        return await new CasesOfTheSuiteAttribute().GetData(typeof(TSuite).GetMethod(nameof(StoreSuite.Case))!, disposal);
    }

    private class EpochlessSuite : StoreSuite
    {
        protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken) =>
            Task.FromResult<KohakuStoreSet>(new BrokenStoreSet(new InMemoryStoreSet(new InMemoryDatabase()), []) { HidesEpoch = true });
    }

    [LeavesOut(OptionalCases.Epoch, "It has none.")]
    [LeavesOut(OptionalCases.Faults, "It cannot fail.")]
    private sealed class NeitherSuite : EpochlessSuite;

    [LeavesOut(OptionalCases.Epoch, "It was forgotten.")]
    private sealed class HiddenEpochSuite : BrokenSuite;

    [LeavesOut(OptionalCases.Faults, "It was forgotten.")]
    private sealed class HiddenFaultSuite : BrokenSuite;

    private sealed class CountingSuite : StoreSuite
    {
        private readonly InMemoryDatabase database = new();

        public int Opened { get; private set; }

        public int Disposed { get; private set; }

        protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken)
        {
            Opened++;
            return Task.FromResult<KohakuStoreSet>(new DisposableSet(new InMemoryStoreSet(database), () => Disposed++));
        }
    }

    private sealed class DisposableSet(KohakuStoreSet real, Action disposed) : BrokenStoreSet(real, []), IDisposable
    {
        public void Dispose() => disposed();
    }
}
