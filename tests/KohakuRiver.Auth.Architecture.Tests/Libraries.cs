using System.Reflection;
using KohakuRiver.Auth.Stores;

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

    /// <summary>The interfaces that stores implement.</summary>
    internal static IEnumerable<Type> Stores => Core.GetExportedTypes()
        .Where(t => t.IsInterface && (typeof(IKohakuStore).IsAssignableFrom(t) || t == typeof(IChangeEpoch)));

    /// <summary>The public types of the core that hosts call: all classes but the store set, and what is named a service.</summary>
    internal static IEnumerable<Type> Services => Core.GetExportedTypes()
        .Where(t => (t.IsClass && t != typeof(KohakuStoreSet)) || t.Name.EndsWith("Service", StringComparison.Ordinal));

    /// <summary>Written by people, not by the compiler.</summary>
    internal static bool IsWritten(Type type) =>
        !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) != true;
}
