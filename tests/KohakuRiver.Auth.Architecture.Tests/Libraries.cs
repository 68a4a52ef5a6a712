using System.Reflection;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>The built libraries.</summary>
internal static class Libraries
{
    internal const string CoreName = "KohakuRiver.Auth";

    /// <summary>All libraries of <c>src</c> by name, except the command-line tool.</summary>
    internal static IReadOnlyDictionary<string, Assembly> All { get; } = Repository.Projects.Keys
        .Where(name => name != "KohakuRiver.Cli")
        .ToDictionary(name => name, name => Assembly.Load(new AssemblyName(name)), StringComparer.Ordinal);

    internal static Assembly Core => All[CoreName];

    /// <summary>All types that people wrote, of all libraries.</summary>
    internal static IEnumerable<Type> Types => All.Values.SelectMany(a => a.GetTypes()).Where(IsWritten);

    /// <summary>What a host types of the core, and all internals: <c>KohakuRiver.Auth</c>.</summary>
    internal static IEnumerable<Type> HostTypes => CoreTypes(CoreName);

    /// <summary>What only the author of a store names: <c>KohakuRiver.Auth.Stores</c>.</summary>
    internal static IEnumerable<Type> StoreTypes => CoreTypes(CoreName + ".Stores");

    /// <summary>The core's types of rules, which take facts and never fetch.</summary>
    internal static IEnumerable<Type> Rules => HostTypes.Where(t => t.Name.EndsWith("Rules", StringComparison.Ordinal));

    private static IEnumerable<Type> CoreTypes(string name) => Core.GetTypes().Where(t => IsWritten(t) && !t.IsNested && t.Namespace == name);

    /// <summary>Written by people, not by the compiler.</summary>
    internal static bool IsWritten(Type type) =>
        !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) != true;
}
