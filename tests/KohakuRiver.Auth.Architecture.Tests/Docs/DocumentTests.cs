using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// What the documents quote from the code is what the code says. Run with <c>KOHAKU_UPDATE_DOCS=1</c> to write them anew.
/// </summary>
[Collection(Collections.Documents)]
public sealed partial class DocumentTests
{
    [Fact]
    [Trait("Requirement", "V8.1.1")]
    public void PermissionsDocument_InTheRepository_IsWhatTheTableSays()
    {
        var path = Path.Combine(Repository.Root, "docs", "generated", "permissions.md");
        var wanted = PermissionsDocument.Write();
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(path));
    }

    public static TheoryData<string> Documents => new(Snippets.Documents.Select(Repository.Show));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Code_InADocument_IsWhatAFileOfTheRepositoryCompiles(string document)
    {
        var path = Path.Combine(Repository.Root, document);
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, Snippets.Update(File.ReadAllText(path)));
        }

        ArchitectureRules.Holds(Snippets.Faults(File.ReadAllText(path)));
    }

    [Fact]
    public void EntryPoints_OfThePackages_AreEachNamedInAPage()
    {
        var pages = string.Concat(Snippets.Documents.Where(d => !Repository.Show(d).StartsWith("src/", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var entries = Repository.Projects.Values
            .SelectMany(p => Directory.EnumerateFiles(Path.GetDirectoryName(p)!, "PublicAPI.*.txt"))
            .SelectMany(File.ReadLines)
            .Select(line => Entry().Match(line)).Where(m => m.Success)
            .Select(m => m.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains("AllowAnyActor", entries);
        Assert.Contains("UseAsDefaultScheme", entries);
        ArchitectureRules.Holds(entries.Where(e => !Regex.IsMatch(pages, $@"\b{e}\b", RegexOptions.None, TimeSpan.FromSeconds(5)))
            .Select(e => $"{e} is an entry point of the packages and in no page of docs"));
    }

    // What a host calls or sets where it embeds the library: extension methods on the framework's types, and the options in code.
    [GeneratedRegex(
        @"static Microsoft\.[\w.]+Extensions\.(?<name>\w+)(<[^>]*>)?\(this |\.KohakuAuthHttpOptions\.(?<name>\w+)\.set",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Entry();

    [Fact]
    public void Documents_ThatShowCode_AreFound() => Assert.Contains("README.md", Snippets.Documents.Select(Repository.Show));
}
