using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The rows of <see cref="StoreSuite.Case"/>: each case under its own name, with its traits.</summary>
internal sealed class CasesOfTheSuiteAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        // The class that the runner found, not this library's own.
        var leftOut = testMethod.ReflectedType!.GetCustomAttributes<LeavesOutAttribute>().ToList();
        return new([.. SuiteCase.All.Where(c => c.IsAsked(leftOut)).Select(Row)]);
    }

    // The row is its name, which a runner can serialize and pass back.
    public override bool SupportsDiscoveryEnumeration() => true;

    private static ITheoryDataRow Row(SuiteCase item) => new TheoryDataRow<string>(item.Name)
    {
        TestDisplayName = item.Name,

        // Without its argument, which is the name.
        Label = "",
        Traits = new(StringComparer.OrdinalIgnoreCase) { ["Subject"] = [item.Subject], ["Requirement"] = [.. item.Requirements] },
    };
}
