namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>What the documents quote from the code is what the code says. Run with <c>KOHAKU_UPDATE_DOCS=1</c> to write them anew.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void V8_1_1_PermissionsDocument_InTheRepository_IsWhatTheTableSays()
    {
        var path = Path.Combine(Repository.Root, "docs", "permissions.md");
        var wanted = PermissionsDocument.Write();
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(path));
    }

    [Fact]
    public void Readme_ItsEmbeddingSnippet_IsWhatTheSampleCompiles()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var program = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "KohakuRiver.SampleHost", "Program.cs"));
        var snippet = program
            .SkipWhile(line => !line.Contains("<snippet:embedding>", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("</snippet:embedding>", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(snippet);

        var indent = snippet.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        var quoted = string.Join('\n', snippet.Select(line => line.Length > indent ? line[indent..] : ""));
        Assert.Contains("```csharp\n" + quoted + "\n```", readme, StringComparison.Ordinal);
    }
}
