using System.Reflection;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Finds conformance classes that a test assembly forgot to derive from.</summary>
public static class ConformanceCompleteness
{
    /// <summary>All classes of the suite: the public abstract ones with facts.</summary>
    public static IReadOnlyList<Type> ConformanceClasses { get; } =
        [.. typeof(StoreConformance).Assembly.GetExportedTypes()
            .Where(t => t.IsAbstract && t.IsSubclassOf(typeof(StoreConformance)))
            .OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>
    /// Fails, naming the classes, when <paramref name="testAssembly"/> has no public class derived from one of the suite's
    /// classes. Classes that are not public do not count, because the runner does not find them.
    /// </summary>
    /// <param name="testAssembly">Where the derived classes are.</param>
    /// <param name="marker">
    /// Where an assembly tests several stores: a type, usually an interface, that the classes for one of them share. Only those count then.
    /// </param>
    /// <param name="leftOut">Classes of the suite that are left out on purpose.</param>
    public static void AssertComplete(Assembly testAssembly, Type? marker = null, params IReadOnlyCollection<Type> leftOut)
    {
        var derived = testAssembly.GetExportedTypes()
            .Where(t => !t.IsAbstract && (marker is null || marker.IsAssignableFrom(t)))
            .ToList();
        var missing = ConformanceClasses
            .Where(c => !leftOut.Contains(c) && !derived.Exists(d => d.IsSubclassOf(c)))
            .Select(c => c.Name)
            .ToList();
        if (missing.Count > 0)
        {
            Assert.Fail($"{testAssembly.GetName().Name} derives no public class from: {string.Join(", ", missing)}.");
        }
    }
}
