using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>What the comments of the code say of the contracts, in Markdown. They lie beside the assemblies.</summary>
internal static partial class TypeSummaries
{
    private static readonly Dictionary<string, string> All = Read(typeof(ApiDocument), typeof(Role))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The summary of a type of the library's; null for any other type.</summary>
    internal static string? Of(Type type) => All.GetValueOrDefault("T:" + type.FullName);

    private static IEnumerable<KeyValuePair<string, string>> Read(params IEnumerable<Type> types) =>
        from type in types
        from member in XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml")).Descendants("member")
        let name = member.Attribute("name")!.Value
        where name.StartsWith("T:", StringComparison.Ordinal) && member.Element("summary") is not null
        select KeyValuePair.Create(name, Markdown(member.Element("summary")!));

    private static string Markdown(XElement summary) => Blanks().Replace(
        string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")?.Value.Split('.', ':')[^1] ?? see.Value}`",
            _ => node is XText text ? text.Value : "",
        })),
        " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
