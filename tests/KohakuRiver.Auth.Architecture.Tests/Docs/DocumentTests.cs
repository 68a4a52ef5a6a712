namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// What the documents quote from the code is what the code says. Run with <c>KOHAKU_UPDATE_DOCS=1</c> to write them anew.
/// </summary>
[Collection(Collections.Documents)]
public sealed class DocumentTests
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
    public void Documents_ThatShowCode_AreFound() => Assert.Contains("README.md", Snippets.Documents.Select(Repository.Show));
}
