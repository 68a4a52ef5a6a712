namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Asserts that nothing breaks a rule, and otherwise lists everything that does.</summary>
internal static class Law
{
    internal static void Holds(IEnumerable<string?> breaches)
    {
        var all = breaches.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} breach(es):{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
