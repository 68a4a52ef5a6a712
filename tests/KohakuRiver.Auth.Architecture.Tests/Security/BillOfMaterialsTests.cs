using System.Text.Json;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>
/// The bill of materials (CycloneDX, written by its tool, see CONTRIBUTING.md) lists what the packages of this repository bring along, in
/// the versions restored.
/// </summary>
public sealed class BillOfMaterialsTests
{
    private static readonly string[] Packages =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Where(d => Directory.GetFiles(d, "*.csproj").Length == 1)];

    [Fact]
    [Trait("Requirement", "V15.1.2")]
    public void BillOfMaterials_InTheRepository_IsOfThePackagesRestored()
    {
        using var bill = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "generated", "bill-of-materials.cdx.json")));
        var listed = bill.RootElement.GetProperty("components").EnumerateArray()
            .Select(c => $"{c.GetProperty("name").GetString()}/{c.GetProperty("version").GetString()}")
            .ToHashSet(StringComparer.Ordinal);
        var restored = Packages.SelectMany(Restored).ToList();
        Assert.Contains(listed, p => p.StartsWith("zxcvbn-core/", StringComparison.Ordinal));
        Assert.Contains(listed, p => p.StartsWith("Npgsql/", StringComparison.Ordinal));
        ArchitectureRules.Holds(
            restored.Where(p => p.Runs && !listed.Contains(p.Package)).Select(p => p.Package + " is missing in the bill of materials")
                .Concat(listed.Except(restored.Select(p => p.Package)).Select(p => p + " is listed, but is not brought along"))
                .Distinct());
    }

    // What has files to run ends up beside a program that uses the package; the rest are analyzers and collections of packages.
    private static List<(string Package, bool Runs)> Restored(string project)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "obj", "project.assets.json")));
        return
        [
            .. from target in assets.RootElement.GetProperty("targets").EnumerateObject()
               from library in target.Value.EnumerateObject()
               where library.Value.GetProperty("type").GetString() == "package"
               let runs = library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _)
               select (library.Name, runs),
        ];
    }
}
