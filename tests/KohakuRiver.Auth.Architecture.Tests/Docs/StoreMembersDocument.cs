using System.Globalization;
using System.Reflection;
using System.Text;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>The generated part of <c>docs/writing-a-store.md</c>: how many members a store's author writes.</summary>
internal static class StoreMembersDocument
{
    private const string Start = "<!-- generated:members -->\n";
    private const string End = "<!-- /generated:members -->";

    internal static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "writing-a-store.md");

    /// <summary>The stores of a set, in their order there.</summary>
    internal static IReadOnlyList<PropertyInfo> Stores { get; } =
        [.. typeof(KohakuStoreSet).GetProperties().Where(p => typeof(IKohakuStore).IsAssignableFrom(p.PropertyType))];

    /// <summary>The text with what is between the markers made anew.</summary>
    internal static string Renew(string document)
    {
        var (from, to) = (document.IndexOf(Start, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));
        return from >= 0 && to > from
            ? string.Concat(document.AsSpan(0, from + Start.Length), Write(), document.AsSpan(to))
            : throw new InvalidDataException("docs/writing-a-store.md has no pair of markers generated:members.");
    }

    /// <summary>The members of a type that whoever derives from it or implements it has to write.</summary>
    internal static IEnumerable<MethodInfo> ToWrite(Type type) => type.GetMethods().Where(m => m.IsAbstract);

    private static string Write()
    {
        var set = ToWrite(typeof(KohakuStoreSet)).Count();
        var domains = ToWrite(typeof(IKohakuStore)).Count() * Stores.Count;
        var verbs = Stores.Sum(s => ToWrite(s.PropertyType).Count());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{set + domains + verbs} members**: {verbs} verbs in {Stores.Count} interfaces, ")
            .Append(CultureInfo.InvariantCulture, $"`TransactionDomain` in each of these, and {set} of the set itself.\n\n");
        text.Append("| Store | Interface | Verbs | On somebody's behalf |\n| --- | --- | --- | --- |\n");
        foreach (var store in Stores)
        {
            var own = ToWrite(store.PropertyType).ToList();
            var behalf = own.Count(m => m.GetParameters().Any(p => p.ParameterType == typeof(AuthorizedWrite)));
            text.Append(CultureInfo.InvariantCulture, $"| `{store.Name}` | `{store.PropertyType.Name}` | {own.Count} | {behalf} |\n");
        }

        return text.ToString();
    }
}
