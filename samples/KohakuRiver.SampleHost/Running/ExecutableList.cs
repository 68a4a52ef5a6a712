using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>
/// The programs tasks may run, each a fixed file found once at start: independent of any search path of a task or of this process.
/// </summary>
internal sealed class ExecutableList
{
    private static readonly string[] Folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    private readonly Dictionary<string, string?> pathByName = new(StringComparer.Ordinal);

    public ExecutableList(IOptions<SampleHostOptions> options)
    {
        foreach (var entry in options.Value.AllowedExecutables ?? SampleHostOptions.DefaultExecutables)
        {
            var path = Path.IsPathFullyQualified(entry) ? entry : Folders.Select(f => Path.Combine(f, entry)).FirstOrDefault(File.Exists);
            pathByName[Path.GetFileName(entry)] = File.Exists(path) ? path : null;
        }
    }

    /// <summary>The file of an allowed program; null when it is not allowed or not installed.</summary>
    public string? Find(string name) => pathByName.GetValueOrDefault(name);

    /// <summary>Null for a program that may run here, otherwise the fault.</summary>
    public string? Refuse(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "A command is needed.";
        }

        if (!pathByName.TryGetValue(name, out var path))
        {
            var names = pathByName.Where(p => p.Value is not null).Select(p => p.Key).Order(StringComparer.Ordinal);
            return $"This host runs only: {string.Join(", ", names)}.";
        }

        return path is null ? "This command is allowed but not installed on this host." : null;
    }
}
