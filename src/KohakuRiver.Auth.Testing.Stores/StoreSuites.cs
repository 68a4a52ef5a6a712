using System.Reflection;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The suites of a test project.</summary>
public static class StoreSuites
{
    /// <summary>
    /// Fails the running test unless the runner finds a suite in the assembly, and every class in it that derives from
    /// <see cref="StoreSuite"/> and could be created is one that the runner finds. The package adds a test that calls it to C# projects;
    /// others call it themselves.
    /// </summary>
    /// <param name="tests">The assembly of the test project.</param>
    public static void RequireIn(Assembly tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var suites = tests.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(StoreSuite)) && !t.IsAbstract && !t.IsGenericTypeDefinition)
            .ToList();
        var unseen = suites.Where(t => !t.IsVisible).Select(t => t.FullName).ToList();
        Assert.True(
            unseen.Count == 0,
            $"The runner finds public classes only, so no case runs for {string.Join(", ", unseen)}. Make it public, or abstract if it "
                + "is a base of suites.");
        Assert.True(
            suites.Count > 0,
            $"No class of {tests.GetName().Name} derives from {nameof(StoreSuite)}, so none of its {SuiteCase.All.Count} cases runs: not "
                + $"those about {string.Join(", ", SuiteCase.All.Select(c => c.Subject).Distinct(StringComparer.Ordinal))}. Derive a "
                + "public class from it and implement CreateAsync.");
    }
}
