namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>A generated file of the repository.</summary>
internal static class RepositoryFile
{
    private static readonly string Root = FindRoot();

    /// <summary>Says whether the file is what is wanted; with <c>KOHAKU_UPDATE_DOCS=1</c> it is written anew first.</summary>
    internal static void Is(string path, Func<string, string> wanted)
    {
        var full = Path.Combine(Root, path);
        var text = wanted(File.Exists(full) ? File.ReadAllText(full) : "");
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(full, text);
        }

        Assert.True(File.Exists(full) && File.ReadAllText(full) == text, $"{path} is stale: run these tests with KOHAKU_UPDATE_DOCS=1.");
    }

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static IEnumerable<string> ReadAll(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern).Select(File.ReadAllText);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KohakuRiver.Auth.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        return folder.FullName;
    }
}
