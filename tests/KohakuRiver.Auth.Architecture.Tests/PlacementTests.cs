using System.Reflection;
using System.Runtime.CompilerServices;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Things stand where one looks for them: one public type a file, extensions where hosts see them.</summary>
public sealed class PlacementTests
{
    private const string ServiceExtensions = "Microsoft.Extensions.DependencyInjection";
    private const string EndpointExtensions = "Microsoft.AspNetCore.Builder";
    private const string ModelExtensions = "Microsoft.EntityFrameworkCore";

    // What an extension extends, and where it therefore lives.
    private static readonly Dictionary<string, string> Homes = new(StringComparer.Ordinal)
    {
        ["Microsoft.Extensions.DependencyInjection.IServiceCollection"] = ServiceExtensions,
        ["KohakuRiver.Auth.KohakuAuthBuilder"] = ServiceExtensions,
        ["Microsoft.AspNetCore.Authentication.AuthenticationBuilder"] = ServiceExtensions,
        ["Microsoft.Extensions.DependencyInjection.IHealthChecksBuilder"] = ServiceExtensions,
        ["Microsoft.AspNetCore.SignalR.ISignalRServerBuilder"] = ServiceExtensions,
        ["Microsoft.AspNetCore.Routing.IEndpointRouteBuilder"] = EndpointExtensions,
        ["Microsoft.AspNetCore.Builder.IApplicationBuilder"] = EndpointExtensions,
        ["Microsoft.AspNetCore.Builder.WebApplication"] = EndpointExtensions,
        ["Microsoft.AspNetCore.Builder.IEndpointConventionBuilder"] = EndpointExtensions,
        ["Microsoft.EntityFrameworkCore.ModelBuilder"] = ModelExtensions,
    };

    // What anybody may extend from anywhere, as the helpers for tests do, and what our doors extend from where hosts see them.
    private static readonly Dictionary<string, string> Doors = new(
        Homes, StringComparer.Ordinal) { ["System.IServiceProvider"] = ServiceExtensions };

    [Fact]
    public void PublicTypes_OfAllLibraries_StandInAFileOfTheirName() => ArchitectureRules.Holds(
        from library in Libraries.All
        from type in library.Value.GetExportedTypes()
        where !type.IsNested && !IsInFileOfItsName(library.Key, type)
        select type.FullName);

    [Fact]
    public void Extensions_OfHostTypes_LiveWhereHostsSeeThem() => ArchitectureRules.Holds(
        from type in Libraries.Types
        where type.IsPublic && type.IsDefined(typeof(ExtensionAttribute), false)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        where method.IsDefined(typeof(ExtensionAttribute), false)
        let home = HomeOf(method, Homes)
        where home is not null && home != type.Namespace
        select $"{type.FullName}.{method.Name} belongs to {home}");

    [Fact]
    public void HostNamespaces_InOurLibraries_HoldExtensionsOnly() => ArchitectureRules.Holds(
        from type in Libraries.Types
        where type.IsPublic && type.Namespace is ServiceExtensions or EndpointExtensions or ModelExtensions
        where !type.IsDefined(typeof(ExtensionAttribute), false)
            || type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Any(m => m.IsDefined(typeof(ExtensionAttribute), false) && HomeOf(m, Doors) != type.Namespace)
        select type.FullName);

    [Fact]
    public void PublicClasses_OfTheCore_AreSealedOrMeantAsABase() => ArchitectureRules.Holds(
        from type in Libraries.Core.GetExportedTypes()
        where type is { IsClass: true, IsSealed: false, IsAbstract: false }
        select type.FullName);

    [Fact]
    public void PublicFields_OfAllTypes_NeverChange() => ArchitectureRules.Holds(
        from type in Libraries.Types
        where !type.IsEnum
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where field is { IsInitOnly: false, IsLiteral: false } && !field.IsDefined(typeof(CompilerGeneratedAttribute), false)
        select $"{type.FullName}.{field.Name}");

    private static string? HomeOf(MethodInfo method, Dictionary<string, string> homes)
    {
        var extended = method.GetParameters()[0].ParameterType;
        var names = extended.IsGenericParameter ? extended.GetGenericParameterConstraints().Select(c => c.FullName) : [extended.FullName];
        return names.Select(n => n is not null && homes.TryGetValue(n, out var home) ? home : null).FirstOrDefault(h => h is not null);
    }

    private static bool IsInFileOfItsName(string library, Type type)
    {
        var plain = type.Name.Split('`')[0];
        var project = Path.GetDirectoryName(Repository.Projects[library])!;
        return Directory.EnumerateFiles(project, plain + ".cs", SearchOption.AllDirectories).Any()
            || Directory.EnumerateFiles(project, plain + ".razor", SearchOption.AllDirectories).Any();
    }
}
