using System.Text;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>The generated parts of <c>docs/security.md</c>: row → what shows it.</summary>
internal static class SecurityTables
{
    private static readonly (string Prefix, string Heading)[] Chapters =
    [
        ("B", "Passwords"), ("S", "Sessions, tokens, codes"), ("R", "Requests"), ("D", "Faults"), ("V", "OWASP ASVS 5.0"),
    ];

    internal static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "security.md");

    /// <summary>The text with what is between the markers made anew.</summary>
    internal static string Renew(string document, IReadOnlyList<SecurityRow> rows, IReadOnlyList<TestMethod> tests)
    {
        var shown = tests.SelectMany(t => t.Rows.Select(r => (Row: r, Test: t))).ToLookup(p => p.Row, p => p.Test, StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var (prefix, heading) in Chapters)
        {
            var levels = prefix == "V";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n### {heading}\n\n| Row |{(levels ? " L |" : "")} What must hold | Shown by |\n| --- |{(levels ? " --- |" : "")} --- | --- |\n");
            Write(text, rows.Where(r => !r.IsKnownWeakness && r.Id.StartsWith(prefix, StringComparison.Ordinal)), shown, levels);
        }

        var known = new StringBuilder("\n| Weakness | Locked out by |\n| --- | --- |\n");
        foreach (var row in rows.Where(r => r.IsKnownWeakness))
        {
            known.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Text} | {Evidence(row, shown[row.Id])} |\n");
        }

        return Between(Between(document, "rows", text.ToString()), "known", known.ToString());
    }

    private static void Write(StringBuilder text, IEnumerable<SecurityRow> rows, ILookup<string, TestMethod> shown, bool levels)
    {
        foreach (var row in rows)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Id} |{(levels ? $" {row.Level} |" : "")} {row.Text} | {Evidence(row, shown[row.Id])} |\n");
        }
    }

    private static string Evidence(SecurityRow row, IEnumerable<TestMethod> tests)
    {
        var found = tests.OrderBy(t => t.Name, StringComparer.Ordinal)
            .ThenBy(t => t.File, StringComparer.Ordinal)
            .Select(t => $"[{SecurityRow.Shorten(t.Name)}](../{t.File})")
            .ToList();
        var instead = row.Document is { } at ? $"[{at[(at.IndexOf('#', StringComparison.Ordinal) + 1)..]}]({Link(at)})" : row.Instead;
        return string.Join("<br>", instead.Length == 0 ? found : [.. found, instead]);
    }

    private static string Link(string at) =>
        at.StartsWith("docs/security.md", StringComparison.Ordinal) ? at["docs/security.md".Length..] : "../" + at;

    private static string Between(string document, string name, string text)
    {
        var (start, end) = ($"<!-- generated:{name} -->\n", $"<!-- /generated:{name} -->");
        var (from, to) = (document.IndexOf(start, StringComparison.Ordinal), document.IndexOf(end, StringComparison.Ordinal));
        return from >= 0 && to > from
            ? string.Concat(document.AsSpan(0, from + start.Length), text, "\n", document.AsSpan(to))
            : throw new InvalidDataException($"docs/security.md has no pair of markers generated:{name}.");
    }
}
