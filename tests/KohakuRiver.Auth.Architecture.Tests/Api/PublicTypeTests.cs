using System.ComponentModel;
using System.Reflection;

namespace KohakuRiver.Auth.Architecture.Tests.Api;

/// <summary>
/// What the packages let others use stands in the <c>PublicAPI</c> files beside each project; here is what their analyzer does not ask.
/// </summary>
public sealed class PublicTypeTests
{
    private const string Panel = "KohakuRiver.Auth.AdminPanel";

    [Fact]
    public void Libraries_OfTheRepository_ListWhatTheyLetOthersUse() => ArchitectureRules.Holds(
        from name in Libraries.All.Keys
        from file in new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" }
        let path = Path.Combine(Path.GetDirectoryName(Repository.Projects[name])!, file)
        where !File.Exists(path) || File.ReadLines(path).FirstOrDefault() != "#nullable enable"
        select $"{name}: {file}");

    /// <summary>The analyzer skips the namespaces of the panel's components, which Razor makes public.</summary>
    [Fact]
    public void PublicTypes_InThePanelsFolders_AreHiddenComponents() => ArchitectureRules.Holds(
        from type in Libraries.All[Panel].GetExportedTypes()
        where type.Namespace!.StartsWith(Panel + ".", StringComparison.Ordinal) && !(IsComponent(type) && IsHidden(type))
        select type.FullName);

    [Fact]
    public void TypesHiddenFromEditors_AreComponentsOnly() => ArchitectureRules.Holds(
        from type in Libraries.Types
        where IsHidden(type) && !IsComponent(type) && !type.FullName!.Contains('<', StringComparison.Ordinal)
        select type.FullName);

    // The command-line tool is a program: nobody refers to it.
    [Fact]
    public void PublicTypes_OfTheCommandLine_AreNone() => ArchitectureRules.Holds(
        from file in Repository.CSharp(Path.Combine("src", "KohakuRiver.Cli"))
        from line in File.ReadLines(file)
        where line.StartsWith("public ", StringComparison.Ordinal)
        select $"{Repository.Show(file)}: {line}");

    private static bool IsHidden(Type type) =>
        type.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never };

    private static bool IsComponent(Type? type) => type is not null && (type.Name == "ComponentBase" || IsComponent(type.BaseType));
}
