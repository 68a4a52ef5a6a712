using NetArchTest.Rules;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Asserts that nothing breaks a rule, and otherwise lists everything that does.</summary>
internal static class ArchitectureRules
{
    /// <summary>The same for a rule about types; it must be about some.</summary>
    internal static void Holds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.NotEmpty(result.SelectedTypesForTesting);
        Holds(result.FailingTypes.Select(t => $"{t.FullName}: {t.Explanation}"));
    }

    internal static void Holds(IEnumerable<string?> breaches)
    {
        var all = breaches.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} breach(es):{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
