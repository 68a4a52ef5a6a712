using System.Xml.Linq;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Which project may refer to which: the arrows of the house.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["KohakuRiver.Auth"] = [],
        ["KohakuRiver.Auth.EntityFrameworkCore"] = ["KohakuRiver.Auth"],
        ["KohakuRiver.Auth.EntityFrameworkCore.Sqlite"] = ["KohakuRiver.Auth.EntityFrameworkCore"],
        ["KohakuRiver.Auth.EntityFrameworkCore.PostgreSql"] = ["KohakuRiver.Auth.EntityFrameworkCore"],
        ["KohakuRiver.Auth.Import"] = ["KohakuRiver.Auth.EntityFrameworkCore"],
        ["KohakuRiver.Auth.AspNetCore"] = ["KohakuRiver.Auth"],
        ["KohakuRiver.Auth.AdminPanel"] = ["KohakuRiver.Auth.AspNetCore"],
        ["KohakuRiver.Auth.Testing"] = ["KohakuRiver.Auth", "KohakuRiver.Auth.AspNetCore"],
        ["KohakuRiver.Auth.Testing.Stores"] = ["KohakuRiver.Auth.Testing"],
        ["KohakuRiver.Cli"] = [],
    };

    private static readonly string[] Databases =
    [
        "KohakuRiver.Auth.EntityFrameworkCore",
        "KohakuRiver.Auth.EntityFrameworkCore.Sqlite",
        "KohakuRiver.Auth.EntityFrameworkCore.PostgreSql",
        "KohakuRiver.Auth.Import",
    ];

    // Foreign code by the start of its name, and the projects that may refer to it.
    private static readonly Dictionary<string, string[]> Foreign = new(StringComparer.Ordinal)
    {
        ["Microsoft.AspNetCore"] =
            ["KohakuRiver.Auth.AspNetCore", "KohakuRiver.Auth.AdminPanel", "KohakuRiver.Auth.Testing", "KohakuRiver.Auth.Testing.Stores"],
        ["Microsoft.EntityFrameworkCore"] = Databases,
        ["System.Data"] = Databases,
        ["Microsoft.Data.Sqlite"] = ["KohakuRiver.Auth.EntityFrameworkCore.Sqlite", "KohakuRiver.Auth.Import"],
        ["SQLitePCLRaw"] = ["KohakuRiver.Auth.EntityFrameworkCore.Sqlite", "KohakuRiver.Auth.Import"],
        ["Npgsql"] = ["KohakuRiver.Auth.EntityFrameworkCore.PostgreSql"],
        ["BCrypt"] = ["KohakuRiver.Auth"],
        ["zxcvbn"] = ["KohakuRiver.Auth"],
        ["xunit"] = ["KohakuRiver.Auth.Testing.Stores"],
        ["NSubstitute"] = [],
    };

    // Who sees whose internals, besides each library's own tests. Packages that come get none.
    private static readonly Dictionary<string, string[]> Friends = new(StringComparer.Ordinal)
    {
        ["KohakuRiver.Auth"] = ["KohakuRiver.Auth.AdminPanel", "KohakuRiver.Auth.Architecture.Tests"],

        // The panel's ways through long lists are walked without a host, from one address to the next, as the strict reader reads them.
        ["KohakuRiver.Auth.AspNetCore"] = ["KohakuRiver.Auth.AdminPanel", "KohakuRiver.Auth.AdminPanel.Tests"],
        ["KohakuRiver.Auth.EntityFrameworkCore"] =
        [
            "KohakuRiver.Auth.EntityFrameworkCore.Sqlite", "KohakuRiver.Auth.EntityFrameworkCore.PostgreSql", "KohakuRiver.Auth.Import",
            "KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests", "KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests",
            "KohakuRiver.Auth.Import.Tests", "KohakuRiver.Auth.DesignTime",
        ],

        // The tests of a full disk, over HTTP, plant their fault in the connection.
        ["KohakuRiver.Auth.EntityFrameworkCore.Sqlite"] = ["KohakuRiver.Auth.DesignTime", "KohakuRiver.Auth.AspNetCore.Tests"],
        ["KohakuRiver.Auth.EntityFrameworkCore.PostgreSql"] = ["KohakuRiver.Auth.DesignTime"],
    };

    public static TheoryData<string> Names { get; } = new(Repository.Projects.Keys.Order(StringComparer.Ordinal));

    public static TheoryData<string> Built { get; } = new(Libraries.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Internals_OfALibrary_AreSeenByItsFriendsOnly(string name)
    {
        var friends = XDocument.Load(Repository.Projects[name])
            .Descendants("InternalsVisibleTo")
            .Select(f => f.Attribute("Include")!.Value);
        ArchitectureRules.Holds(friends.Except([$"{name}.Tests", .. Friends.GetValueOrDefault(name, [])], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ProjectFile_OfALibrary_RefersToItsArrowsOnly(string name)
    {
        Assert.True(Arrows.ContainsKey(name), $"{name} has no arrows yet: say here what it may refer to.");
        var references = XDocument.Load(Repository.Projects[name]).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        ArchitectureRules.Holds(references.Except(Arrows[name], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Built))]
    public void Assembly_OfALibrary_RefersToWhatItsArrowsReach(string name)
    {
        var reached = Reach(name);
        var references = Libraries.All[name].GetReferencedAssemblies().Select(a => a.Name!).ToList();
        ArchitectureRules.Holds(
            references.Where(r => r.StartsWith("KohakuRiver.", StringComparison.Ordinal)).Except(reached, StringComparer.Ordinal));
        foreach (var (foreign, _) in Foreign.Where(f => !f.Value.Contains(name, StringComparer.Ordinal)))
        {
            Assert.DoesNotContain(references, r => r.StartsWith(foreign, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ProjectFile_OfALibrary_NamesNoForeignPackageOfOthers(string name)
    {
        var packages = XDocument.Load(Repository.Projects[name]).Descendants()
            .Where(e => e.Name.LocalName is "PackageReference" or "FrameworkReference")
            .Select(e => e.Attribute("Include")!.Value)
            .ToList();
        foreach (var (foreign, _) in Foreign.Where(f => !f.Value.Contains(name, StringComparer.Ordinal)))
        {
            Assert.DoesNotContain(packages, p => p.StartsWith(foreign, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Arrows_OfTheHouse_GoNeverInACircle() => Assert.All(Arrows.Keys, name => Assert.DoesNotContain(name, Reach(name)));

    private static HashSet<string> Reach(string name)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(Arrows[name]);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(Arrows[next], open.Enqueue);
            }
        }

        return reached;
    }
}
