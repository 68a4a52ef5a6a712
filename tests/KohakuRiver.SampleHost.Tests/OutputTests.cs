using System.Text.Json;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>What lies beside the host where it runs.</summary>
public sealed class OutputTests
{
    [Fact]
    public void Packages_OfTheHost_AreNoneOfADesktop()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "KohakuRiver.SampleHost.deps.json")));
        var names = json.RootElement.GetProperty("libraries").EnumerateObject().Select(l => l.Name.Split('/')[0]).ToList();

        Assert.Contains("Npgsql", names);
        Assert.DoesNotContain("System.Drawing.Common", names);
        Assert.DoesNotContain("Microsoft.Win32.SystemEvents", names);

        // Nor code of another platform under another name; what is native (SQLite) comes for several.
        var elsewhere =
            from target in json.RootElement.GetProperty("targets").EnumerateObject()
            from library in target.Value.EnumerateObject()
            where library.Value.TryGetProperty("runtimeTargets", out _)
            from file in library.Value.GetProperty("runtimeTargets").EnumerateObject()
            where file.Value.GetProperty("assetType").GetString() == "runtime"
            select file.Name;
        Assert.Empty(elsewhere);
    }
}
