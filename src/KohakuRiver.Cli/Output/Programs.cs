namespace KohakuRiver.Cli;

/// <summary>Other programs of this machine.</summary>
internal static class Programs
{
    /// <summary>
    /// The whole path of an installed program; null where there is none. The framework would look into the current directory before
    /// <c>PATH</c>, and what lies there may be somebody else's.
    /// </summary>
    internal static string? Find(string name)
    {
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe"] : [name];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => names.Select(n => Path.Combine(folder, n)))
            .FirstOrDefault(File.Exists);
    }
}
