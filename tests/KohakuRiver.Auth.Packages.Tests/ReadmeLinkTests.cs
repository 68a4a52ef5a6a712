using System.Text;
using System.Text.RegularExpressions;
using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>The READMEs of the packages on the page of a gallery: no link goes astray there.</summary>
public sealed partial class ReadmeLinkTests
{
    // The packages of a platform come with the tool's own.
    private static readonly string[] Ids = [.. ExpectedPackage.All.Values.Where(p => p.ToolPlatform is null).Select(p => p.Id)];

    [Fact]
    public async Task Links_WhileTheRepositoryHasNoAddress_AreTheirTextAlone()
    {
        using var feed = await LocalFeed.PackWithAsync([("RepositoryUrl", ""), ("RepositoryFilesUrl", "")], Ids);

        Assert.All(Ids, id => Assert.Equal(Link().Replace(Source(id), "${text}"), Packed(feed, id).Readme));
    }

    [Fact]
    public async Task Links_OnceTheRepositoryHasAnAddress_AreWholeAndLeadToFilesOfIt()
    {
        using var feed = await LocalFeed.PackWithAsync(
            [("RepositoryUrl", "https://git.example.org/auth/"), ("PackageProjectUrl", "https://auth.example.org/")], Ids);

        Assert.All(Ids, id =>
        {
            var (readme, repository, project) = Packed(feed, id);
            Assert.Equal(("https://git.example.org/auth/", "https://auth.example.org/"), (repository, project));
            Assert.Equal(Link().Count(Source(id)), Link().Count(readme));
            Assert.NotEmpty(Link().Matches(readme));
            Assert.All(Link().Matches(readme), link =>
            {
                const string Files = "https://git.example.org/auth/blob/HEAD/";
                Assert.StartsWith(Files, link.Groups["to"].Value, StringComparison.Ordinal);
                Assert.True(File.Exists(Path.Combine(LocalFeed.Root, link.Groups["to"].Value[Files.Length..])), link.Value);
            });
        });
    }

    private static string Source(string id) => File.ReadAllText(Path.Combine(LocalFeed.Root, "src", id, "README.md"));

    private static (string Readme, string? Repository, string? Project) Packed(LocalFeed feed, string id)
    {
        using var package = new PackageFile(Path.Combine(feed.Packages, $"{id}.{feed.Version}.nupkg"));
        return (
            Encoding.UTF8.GetString(package.Read("README.md")),
            package.Of("repository")?.Attribute("url")?.Value,
            package.Of("projectUrl")?.Value);
    }

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<to>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
