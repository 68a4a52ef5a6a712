using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>The packages as a gallery would get them: what they hold, what they say of themselves, what they ask for.</summary>
public sealed partial class PackageTests(Feed feed)
{
    public static TheoryData<string> Ids => new(ExpectedPackage.All.Keys);

    public static TheoryData<string> WithAssembly => new(ExpectedPackage.All.Values.Where(p => p.Assembly is not null).Select(p => p.Id));

    public static TheoryData<string> Libraries =>
        new(ExpectedPackage.All.Values.Where(p => p is { IsToolItself: false, ToolPlatform: null }).Select(p => p.Id));

    public static TheoryData<string> ToolPlatforms => new(LocalFeed.ToolPlatforms);

    [Fact]
    public void Packages_OfTheRepository_AreTheseTenWithTheirSymbols()
    {
        var files = Directory.EnumerateFiles(feed.Local.Packages).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

        // The tool has one for each platform beside itself.
        Assert.Equal(10, ExpectedPackage.All.Values.Count(p => p.ToolPlatform is null));
        Assert.Equal(ExpectedPackage.All.Values.SelectMany(Files).Order(StringComparer.Ordinal), files);

        IEnumerable<string> Files(ExpectedPackage package) =>
            (package.Assembly is null ? ["nupkg"] : (string[])["nupkg", "snupkg"]).Select(k => $"{package.Id}.{feed.Local.Version}.{k}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Files_OfAPackage_AreTheseAndNoStrays(string id)
    {
        using var package = Open(id, "nupkg");
        Assert.Equal(ExpectedPackage.All[id].Entries.Order(StringComparer.Ordinal), package.Entries.Order(StringComparer.Ordinal));
        if (ExpectedPackage.All[id].Assembly is not null)
        {
            using var symbols = Open(id, "snupkg");
            Assert.Equal(
                ExpectedPackage.All[id].SymbolEntries.Order(StringComparer.Ordinal), symbols.Entries.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Description_OfAPackage_IsComplete(string id)
    {
        using var package = Open(id, "nupkg");
        Assert.Equal(id, package.Of("id")?.Value);
        Assert.Equal("The KohakuRiver.Auth authors", package.Of("authors")?.Value);
        Assert.Equal(("expression", "MIT"), (package.Of("license")?.Attribute("type")?.Value, package.Of("license")?.Value));
        Assert.Equal("icon.png", package.Of("icon")?.Value);
        Assert.Equal("README.md", package.Of("readme")?.Value);
        Assert.Contains("CHANGELOG.md", package.Of("releaseNotes")?.Value, StringComparison.Ordinal);
        Assert.Contains(" approval ", package.Of("tags")?.Value, StringComparison.Ordinal);
        Assert.InRange(package.Of("description")!.Value.Length, 40, 300);
        Assert.Equal(
            ExpectedPackage.All[id] switch
            {
                { IsToolItself: true } => ["DotnetTool"],
                { ToolPlatform: not null } => ["DotnetToolRidPackage"],
                _ => [],
            },
            package.AllOf("packageType").Select(t => t.Attribute("name")!.Value));
    }

    [Fact]
    public void Descriptions_OfThePackages_DifferFromEachOther()
    {
        var all = ExpectedPackage.All.Values.Where(p => p.ToolPlatform is null).Select(p => p.Id).Select(id =>
        {
            using var package = Open(id, "nupkg");
            return (Description: package.Of("description")!.Value, Readme: Encoding.UTF8.GetString(package.Read("README.md")));
        }).ToList();
        Assert.Equal(all.Count, all.DistinctBy(p => p.Description).Count());
        Assert.Equal(all.Count, all.DistinctBy(p => p.Readme).Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Readme_OfAPackage_NamesItAndSaysHowToAddIt(string id)
    {
        using var package = Open(id, "nupkg");
        var readme = Encoding.UTF8.GetString(package.Read("README.md"));
        var named = ExpectedPackage.All[id].NamedId;
        Assert.StartsWith($"# {named}\n", readme, StringComparison.Ordinal);
        Assert.Contains(
            $"dotnet {(ExpectedPackage.All[named].IsToolItself ? "tool install --global" : "add package")} {named}\n", readme,
            StringComparison.Ordinal);
        Assert.InRange(readme.Split('\n').Length, 10, 80);
    }

    [Fact]
    public void Icon_OfThePackages_IsASquareOf128Pixels()
    {
        using var package = Open("KohakuRiver.Auth", "nupkg");
        var icon = package.Read("icon.png");
        Assert.Equal("PNG"u8, icon.AsSpan(1, 3));
        Assert.Equal(
            (128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Repository_OfAPackage_IsTheCommitAndNoInventedAddress(string id)
    {
        using var package = Open(id, "nupkg");
        var repository = package.Of("repository");
        if (Path.Exists(Path.Combine(LocalFeed.Root, ".git")))
        {
            Assert.Equal("git", repository?.Attribute("type")?.Value);
            Assert.Matches("^[0-9a-f]{40,64}$", repository?.Attribute("commit")?.Value);
        }

        // The one of the repository's settings; as long as there is none, only a remote of the checkout gives one.
        Assert.Equal(Setting("PackageProjectUrl"), package.Of("projectUrl")?.Value ?? "");
        if (Setting("RepositoryUrl") is { Length: > 0 } address)
        {
            Assert.Equal(address, repository?.Attribute("url")?.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Dependencies_OfAPackage_AreTheseOnly(string id)
    {
        using var package = Open(id, "nupkg");
        Assert.Equal(
            ExpectedPackage.All[id].Dependencies.Order(StringComparer.Ordinal),
            package.AllOf("dependency").Select(d => d.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.All(
            package.AllOf("dependency").Where(d => d.Attribute("id")!.Value.StartsWith("KohakuRiver.", StringComparison.Ordinal)),
            d => Assert.Equal($"[{feed.Local.Version}]", d.Attribute("version")!.Value));
        Assert.Equal(
            ExpectedPackage.All[id].NeedsAspNetCore ? ["Microsoft.AspNetCore.App"] : [],
            package.AllOf("frameworkReference").Select(f => f.Attribute("name")!.Value));
    }

    [Theory]
    [MemberData(nameof(WithAssembly))]
    public void Versions_OfAPackageAndItsAssembly_ComeFromOnePlace(string id)
    {
        using var package = Open(id, "nupkg");
        Assert.Equal(feed.Local.Version, package.Of("version")?.Value);

        // The assembly was built before it was packed, with the repository's own version.
        using var image = new PEReader(new MemoryStream(package.Read(ExpectedPackage.All[id].Assembly + ".dll")));
        Assert.Equal(Setting("VersionPrefix") + ".0", image.GetMetadataReader().GetAssemblyDefinition().Version.ToString());
    }

    [Theory]
    [MemberData(nameof(WithAssembly))]
    public void Symbols_OfAPackage_BelongToItAndCarryTheSourceWithoutFoldersOfAMachine(string id)
    {
        var expected = ExpectedPackage.All[id];
        using var package = Open(id, "nupkg");
        using var symbols = Open(id, "snupkg");
        using var image = new PEReader(new MemoryStream(package.Read(expected.Assembly + ".dll")));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols.Read(expected.Assembly + ".pdb")));
        var reader = provider.GetMetadataReader();

        var codeView = image.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(image.ReadCodeViewDebugDirectoryData(codeView).Guid, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);
        Assert.Contains(image.ReadDebugDirectory(), e => e.Type == DebugDirectoryEntryType.Reproducible);

        var documents = reader.Documents.Select(h => reader.GetString(reader.GetDocument(h).Name)).ToList();
        Assert.True(documents.Count > 5, $"Only {documents.Count} source files.");
        Assert.All(documents, name => Assert.Matches(RootedAtTheRepository(), name));
        Assert.Contains(
            documents,
            name => name.EndsWith(".cs", StringComparison.Ordinal) && name.Contains($"/src/{expected.NamedId}/", StringComparison.Ordinal));
        var withSource = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(i => reader.GetGuid(i.Kind) == EmbeddedSource && i.Parent.Kind == HandleKind.Document)
            .Select(i => reader.GetString(reader.GetDocument((DocumentHandle)i.Parent).Name));
        Assert.Empty(documents.Except(withSource, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ToolPlatforms))]
    public void Tool_OfAPlatform_IsCompiledAheadAndTheOneForAllOthersIsNot(string platform)
    {
        var expected = ExpectedPackage.All["KohakuRiver.Cli." + platform];
        using var package = Open(expected.Id, "nupkg");
        var folder = expected.Assembly![..expected.Assembly!.LastIndexOf('/')];

        // All but a library that holds next to no code.
        var compiled = package.Entries
            .Where(f => f.EndsWith(".dll", StringComparison.Ordinal) && !f.EndsWith("/jmespath.net.interop.dll", StringComparison.Ordinal))
            .Select(f =>
            {
                using var image = new PEReader(new MemoryStream(package.Read(f)));
                return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
            });
        Assert.All(compiled, isCompiled => Assert.Equal(platform != "any", isCompiled));

        // Started by the framework that is installed, with no executable of its own.
        var settings = Encoding.UTF8.GetString(package.Read(folder + "/DotnetToolSettings.xml"));
        Assert.Contains("EntryPoint=\"kohakuriver.dll\" Runner=\"dotnet\"", settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_AsPeopleNameIt_LeadsToItsPlatformsAndToOneForAllOthers()
    {
        using var package = Open("KohakuRiver.Cli", "nupkg");
        var settings = XDocument.Parse(
            Encoding.UTF8.GetString(package.Read("tools/any/any/DotnetToolSettings.xml")).TrimStart('\uFEFF'));
        Assert.Equal(
            LocalFeed.ToolPlatforms.Select(p => (p, "KohakuRiver.Cli." + p)),
            settings.Descendants("RuntimeIdentifierPackage")
                .Select(e => (e.Attribute("RuntimeIdentifier")!.Value, e.Attribute("Id")!.Value)));

        // What is packed here is a part of what is published.
        var project = XDocument.Load(Path.Combine(LocalFeed.Root, "src", "KohakuRiver.Cli", "KohakuRiver.Cli.csproj"));
        Assert.Equal(
            string.Join(';', LocalFeed.PublishedPlatforms.Append("any")),
            project.Descendants("ToolPackageRuntimeIdentifiers").Single(e => e.Attribute("Condition") is null).Value);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Trimming_OfALibrary_IsClaimedInItsAssemblyOrRefusedInItsTargets(string id)
    {
        var expected = ExpectedPackage.All[id];
        using var package = Open(id, "nupkg");
        var assembly = Encoding.UTF8.GetString(package.Read(expected.Assembly + ".dll"));
        Assert.Equal(expected.IsForTrimming, assembly.Contains("IsTrimmable", StringComparison.Ordinal));
        Assert.Equal(expected.IsForTrimming, assembly.Contains("IsAotCompatible", StringComparison.Ordinal));
        var targets = package.Entries.Where(e => e.StartsWith("buildTransitive/", StringComparison.Ordinal))
            .Select(e => Encoding.UTF8.GetString(package.Read(e)));
        var asks = package.AllOf("dependency").Select(d => d.Attribute("id")!.Value);
        Assert.Equal(
            expected.IsForTrimming,
            !targets.Any(t => t.Contains("KohakuRiverNotForTrimming", StringComparison.Ordinal))
                && asks.All(d => !ExpectedPackage.All.TryGetValue(d, out var family) || family.IsForTrimming));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Documentation_OfALibrary_DescribesItsTypes(string id)
    {
        var expected = ExpectedPackage.All[id];
        using var package = Open(id, "nupkg");
        Assert.Contains("<member name=\"T:", Encoding.UTF8.GetString(package.Read(expected.Assembly + ".xml")), StringComparison.Ordinal);
    }

    private static Guid EmbeddedSource { get; } = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static string Setting(string name) =>
        typeof(PackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value ?? "";

    private PackageFile Open(string id, string kind) => new(Path.Combine(feed.Local.Packages, $"{id}.{feed.Local.Version}.{kind}"));

    // With a number where a checkout lies inside another one.
    [GeneratedRegex("^/_[0-9]*/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RootedAtTheRepository();
}
