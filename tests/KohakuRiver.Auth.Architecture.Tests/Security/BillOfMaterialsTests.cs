using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>
/// The bill of materials (CycloneDX) lists every package the libraries bring along, as restored. Run with <c>KOHAKU_UPDATE_DOCS=1</c> to
/// write it anew.
/// </summary>
public sealed class BillOfMaterialsTests
{
    private static readonly JsonSerializerOptions Written =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void V15_1_2_BillOfMaterials_InTheRepository_ListsEveryPackageOfTheLibraries()
    {
        var file = Path.Combine(Repository.Root, "docs", "bill-of-materials.cdx.json");
        var packages = Libraries.All.Keys.SelectMany(name => PackagesOf(Repository.Projects[name]))
            .Distinct()
            .OrderBy(p => p, StringComparer.Ordinal)
            .ToList();
        Assert.Contains(packages, p => p.StartsWith("zxcvbn-core/", StringComparison.Ordinal));
        Assert.Contains(packages, p => p.StartsWith("Npgsql/", StringComparison.Ordinal));
        var wanted = Write(packages) + "\n";
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(file));
    }

    // What was restored for the project and ends up beside a program that uses it: no analyzers, no build tools.
    private static IEnumerable<string> PackagesOf(string project)
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json")));
        return
        [
            .. from target in assets.RootElement.GetProperty("targets").EnumerateObject()
               from library in target.Value.EnumerateObject()
               where library.Value.GetProperty("type").GetString() == "package"
                   && (library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _))
               select library.Name,
        ];
    }

    private static string Write(List<string> packages) => new JsonObject
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["components"] = new JsonArray([.. packages.Select(p => p.Split('/')).Select(p => new JsonObject
        {
            ["type"] = "library",
            ["name"] = p[0],
            ["version"] = p[1],
            ["purl"] = $"pkg:nuget/{p[0]}@{p[1]}",
        })]),
    }.ToJsonString(Written);
}
