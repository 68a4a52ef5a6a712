using System.Text.Json;
using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>Apps that are not on the newest of everything: the packages ask for no more than they need, and work with just that.</summary>
public sealed class FloorTests(Feed feed)
{
    // Higher than the first release, each for a reason. What is not named here is 10.0.0, as the framework's packages are.
    private static readonly Dictionary<string, string> Higher = new(StringComparer.Ordinal)
    {
        // What Entity Framework 10.0.0 brings has a SQLite with known vulnerabilities.
        ["SQLitePCLRaw.bundle_e_sqlite3"] = "3.0.5",
        ["SQLitePCLRaw.core"] = "3.0.5",

        // Of other people, with numbers of their own: the version that the hashes and the lists of common passwords were tried with.
        ["BCrypt.Net-Next"] = "4.2.0",
        ["zxcvbn-core"] = "1.1.17",

        // The generation of the runner that the suite is made for; a test project is not held back by an app.
        ["xunit.v3.assert"] = "4.0.2",
        ["xunit.v3.extensibility.core"] = "4.0.2",
    };

    [Fact]
    public async Task Packages_InAnAppOnTheirFloors_RestoreToThemAndPassTheSuite()
    {
        var suite = await feed.Local.BuildConsumerAsync("Floors");
        var folder = Path.GetDirectoryName(suite)!;
        var asked = Asked();
        Assert.All(asked, dependency => Assert.Equal(Higher.GetValueOrDefault(dependency.Id, "10.0.0"), dependency.Floor));
        Assert.Empty(Higher.Keys.Except(asked.Select(d => d.Id), StringComparer.Ordinal));

        // Nothing has lifted one of them: what runs below is what the packages ask for.
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "..", "..", "..", "obj", "project.assets.json")));
        var restored = assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Select(l => l.Name.Split('/'))
            .ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
        Assert.Equal("10.0.0", restored["Microsoft.EntityFrameworkCore.Relational"]);
        Assert.All(
            asked.Where(d => restored.ContainsKey(d.Id)), dependency => Assert.Equal(dependency.Floor, restored[dependency.Id]));

        // All but who acts, which is decided above the stores, and the long sequences, which run where the stores are a project.
        var run = await LocalFeed.RunAsync(
            "dotnet",
            [suite, "-noColor", "-preEnumerateTheories", "-trait-", "Subject=Acting", "-trait-", "Subject=Sequences"],
            folder);
        run.Expect(0);
        Assert.Matches("Total: [1-9][0-9]{2,}, Errors: 0, Failed: 0, Skipped: 0", run.Output);
    }

    private List<(string Id, string Floor)> Asked() =>
    [
        .. ExpectedPackage.All.Keys.SelectMany(id =>
        {
            using var package = new PackageFile(Path.Combine(feed.Local.Packages, $"{id}.{feed.Local.Version}.nupkg"));
            return package.AllOf("dependency").Select(d => (d.Attribute("id")!.Value, d.Attribute("version")!.Value)).ToList();
        }).Where(d => !d.Item1.StartsWith("KohakuRiver.", StringComparison.Ordinal)).Distinct(),
    ];
}
