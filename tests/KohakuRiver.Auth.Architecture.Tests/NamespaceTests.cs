using System.Reflection;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>A folder is a room, not a namespace: one library, one namespace, and two for the core.</summary>
public sealed class NamespaceTests
{
    // Where hosts look for the doors.
    private static readonly string[] Doors =
        ["Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore.Builder", "Microsoft.EntityFrameworkCore"];

    // What the compiler and Razor put into an assembly.
    private static readonly string[] OfCompilers = ["Microsoft.CodeAnalysis", "Microsoft.Extensions.Validation.Embedded", "__Blazor."];

    [Fact]
    public void Types_OfALibrary_AreInItsNamespace() => ArchitectureRules.Holds(
        from library in Libraries.All
        from type in library.Value.GetTypes()
        where Libraries.IsWritten(type) && !type.IsNested && !Array.Exists(OfCompilers, type.Namespace!.StartsWith)
        where !IsAtHome(library.Key, type)
        select $"{type.FullName} of {library.Key}");

    [Fact]
    public void StoreNamespace_OfTheCore_HoldsNoInternals() => ArchitectureRules.Holds(
        from type in Libraries.Core.GetTypes()
        where type.Namespace == Libraries.CoreName + ".Stores" && !type.IsPublic && !type.IsNested
        select type.FullName);

    /// <summary>
    /// Whoever types <c>KohakuRiver.Auth</c> has everything a host needs: only choosing a set of stores names one of theirs.
    /// </summary>
    [Fact]
    public void HostTypes_InPublic_NameNothingOfTheStores() => ArchitectureRules.Holds(
        from type in Libraries.Core.GetExportedTypes()
        where type.Namespace == Libraries.CoreName
        from member in type.GetMembers(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where IsVisible(member)
        from named in Named(member).SelectMany(Parts)
        where named.Namespace == Libraries.CoreName + ".Stores"
        select $"{type.Name}.{member.Name} names {named.Name}");

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly,
        FieldInfo f => f.IsPublic || f.IsFamily,
        PropertyInfo p => (p.GetMethod ?? p.SetMethod) is { } accessor && IsVisible(accessor),
        _ => false,
    };

    private static IEnumerable<Type> Named(MemberInfo member) => member switch
    {
        MethodInfo m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType),
        ConstructorInfo c => c.GetParameters().Select(p => p.ParameterType),
        FieldInfo f => [f.FieldType],
        PropertyInfo p => [p.PropertyType],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) => type.HasElementType
        ? Parts(type.GetElementType()!)
        : type.GetGenericArguments().SelectMany(Parts).Append(type);

    private static bool IsAtHome(string library, Type type) =>
        type.Namespace == library
        || Doors.Contains(type.Namespace, StringComparer.Ordinal)
        || (library == Libraries.CoreName && type.Namespace == library + ".Stores")

        // Razor names a component after its folder, and dotnet-ef its migrations.
        || (type.Namespace!.StartsWith(library + ".", StringComparison.Ordinal)
            && (type.Namespace.EndsWith(".Migrations", StringComparison.Ordinal) || IsComponent(type)));

    private static bool IsComponent(Type type) => typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type);
}
