using System.Reflection;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>Where the build put the programs that run as processes of their own.</summary>
internal static class Built
{
    internal static string PathOf(string what)
    {
        var path = typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == what).Value!;
        return File.Exists(path) ? Path.GetFullPath(path) : throw new FileNotFoundException($"{what} is not built.", path);
    }
}
