namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>The source tree these tests were built from, found by walking up to the solution.</summary>
internal static class Repository
{
    private static readonly string[] NotSource =
        ["bin", "obj", ".git", ".vs", ".idea", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];
    private static readonly string[] TextKinds =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".config", ".razor", ".css", ".js", ".json", ".md", ".yml", ".yaml", ".txt", ".sh",
            ".html", ".svg", ".editorconfig", ".gitignore"];

    internal static string Root { get; } = FindRoot();

    /// <summary>The libraries' projects: name → project file.</summary>
    internal static IReadOnlyDictionary<string, string> Projects { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => file, StringComparer.Ordinal);

    /// <summary>All C# files below a folder of the repository.</summary>
    internal static IEnumerable<string> CSharp(string folder) =>
        Files(Path.Combine(Root, folder)).Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>All text files of the repository.</summary>
    internal static IEnumerable<string> Texts() => Files(Root).Where(f => TextKinds.Contains(Path.GetExtension(f), StringComparer.Ordinal));

    /// <summary>Whether <c>dotnet ef</c> has written the file. What people write stands in <c>Triggers.cs</c>.</summary>
    internal static bool IsGenerated(string file) =>
        Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations" && Path.GetFileName(file) != "Triggers.cs";

    /// <summary>The path as people write it in a message.</summary>
    internal static string Show(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static IEnumerable<string> Files(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(d => !NotSource.Contains(Path.GetFileName(d), StringComparer.Ordinal))
            .SelectMany(Files));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KohakuRiver.Auth.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests run inside the repository: KohakuRiver.Auth.sln was not found above them.");
    }
}
