using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// What people type to use the libraries, and whether the pages written for them name it: extension methods (<c>Add…</c>, <c>Use…</c>,
/// <c>Require…</c> and the rest), options and attributes.
/// </summary>
internal static partial class EntryPoints
{
    /// <summary>All entry points by the name under which a page has to mention them, with the type that has them.</summary>
    internal static IEnumerable<(string Name, string Type)> All =>
    [
        .. Methods(Libraries.Types).Concat(Options(Libraries.Types)).Concat(Attributes(Libraries.Types))
            .Distinct()
            .OrderBy(e => e.Name, StringComparer.Ordinal),
    ];

    /// <summary>The code in the pages of <c>docs</c>; what is generated is for looking up, and decisions are for contributors.</summary>
    internal static string Pages => string.Join(
        '\n',
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(File.ReadAllText));

    /// <summary>The entry points that these pages do not name in code.</summary>
    internal static IEnumerable<string> Missing(IEnumerable<(string Name, string Type)> entries, string pages)
    {
        var code = Code().Matches(pages).Select(m => m.Value).ToList();
        var words = code.SelectMany(c => Words().Matches(c)).Select(m => m.Value.Replace("__", ":", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

        // In a table of settings, `Delivery:PollInterval`, `…Timeout` are two of one group.
        var shortened = pages.Split('\n')
            .SelectMany(line => ShortenedName().Matches(line).Select(m => (Line: line, End: m.Groups["end"].Value)))
            .ToList();
        return from entry in entries
               where !words.Contains(entry.Name)
                   && !shortened.Exists(s => entry.Name.Contains(':', StringComparison.Ordinal)
                       && entry.Name.EndsWith(s.End, StringComparison.Ordinal)
                       && s.Line.Contains("`" + entry.Name.Split(':')[0] + ":", StringComparison.Ordinal))
               select $"{entry.Name} of {entry.Type} is named in no page of docs.";
    }

    private static IEnumerable<(string Name, string Type)> Methods(IEnumerable<Type> types) =>
        from type in types
        where type is { IsPublic: true, IsAbstract: true, IsSealed: true }
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(ExtensionAttribute))
        select (method.Name, type.Name);

    // Those of the configuration section by their key, others by their property.
    private static IEnumerable<(string Name, string Type)> Options(IEnumerable<Type> types)
    {
        var sections = typeof(KohakuAuthOptions).GetProperties()
            .Where(p => p.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            .ToDictionary(p => p.PropertyType, p => p.Name + ":");
        return from type in types
               where type is { IsPublic: true, IsClass: true } && type.Name.EndsWith("Options", StringComparison.Ordinal)
               from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               where !sections.ContainsKey(property.PropertyType)
               select (sections.GetValueOrDefault(type) + property.Name, type.Name);
    }

    private static IEnumerable<(string Name, string Type)> Attributes(IEnumerable<Type> types) =>
        from type in types
        where type.IsPublic && type.IsSubclassOf(typeof(Attribute))
        select (type.Name[..^nameof(Attribute).Length], type.Name);

    [GeneratedRegex("```.*?```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\w+(?::\w+)*", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Words();

    [GeneratedRegex(@"`…(?<end>\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ShortenedName();
}
