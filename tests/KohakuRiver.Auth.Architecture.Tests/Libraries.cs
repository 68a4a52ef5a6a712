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

    /// <summary>The written top-level types of the core in the namespace <c>KohakuRiver.Auth.</c><paramref name="part"/>; empty = the root.</summary>
    internal static IEnumerable<Type> CoreTypes(string part) => Core.GetTypes()
        .Where(t => IsWritten(t) && !t.IsNested && PartOf(t) == part);

    /// <summary>The part of the core a type belongs to: <c>Model</c>, <c>Rules</c>, …; empty for the root; null for what is not of the core.</summary>
    internal static string? PartOf(Type type)
    {
        if (type.Assembly != Core || type.Namespace is not { } name)
        {
            return null;
        }

        return name == CoreName ? "" : name.StartsWith(CoreName + ".", StringComparison.Ordinal) ? name[(CoreName.Length + 1)..].Split('.')[0] : null;
    }

    private static bool IsWritten(Type type) =>
        !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) != true;
}
