using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary><c>docs/generated/requirements.md</c>: row → what shows it.</summary>
internal static class SecurityTables
{
    private static readonly (string Prefix, string Heading)[] Chapters =
    [
        ("B", "Passwords"), ("S", "Sessions, tokens, codes"), ("R", "Requests"), ("D", "Faults"), ("V", "OWASP ASVS 5.0"),
    ];

    internal static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "generated", "requirements.md");

    /// <summary>The document, from the rows and the traits of the tests.</summary>
    internal static string Write(IReadOnlyList<SecurityRow> rows, IReadOnlyList<TestMethod> tests)
    {
        var shown = tests.SelectMany(t => t.Rows.Select(r => (Row: r, Test: t))).ToLookup(p => p.Row, p => p.Test, StringComparer.Ordinal);
        var text = new StringBuilder("""
            # Requirements and what shows them

            Written from `rows.tsv` and from the trait `Requirement` of the tests; do not edit it by hand. Rows V… are requirements of the
            OWASP Application Security Verification Standard 5.0 in our words, the others our own. [Security](../security.md) explains the
            whole.

            """);
        foreach (var (prefix, heading) in Chapters)
        {
            var levels = prefix == "V";
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {heading}\n\n| Row |{(levels ? " L |" : "")} What must hold | Shown by |\n"
                + $"| --- |{(levels ? " --- |" : "")} --- | --- |\n");
            foreach (var row in rows.Where(r => !r.IsKnownWeakness && r.Id.StartsWith(prefix, StringComparison.Ordinal)))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {row.Id} |{(levels ? $" {row.Level} |" : "")} {row.Text} | {Evidence(row, shown[row.Id])} |\n");
            }
        }

        text.Append("\n## Known weaknesses of comparable systems\n\n| Weakness | Locked out by |\n| --- | --- |\n");
        foreach (var row in rows.Where(r => r.IsKnownWeakness))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Text} | {Evidence(row, shown[row.Id])} |\n");
        }

        return text.ToString();
    }

    private static string Evidence(SecurityRow row, IEnumerable<TestMethod> tests)
    {
        var found = tests.OrderBy(t => t.Name, StringComparer.Ordinal)
            .ThenBy(t => t.File, StringComparer.Ordinal)
            .Select(t => $"[{t.Name}](../../{t.File})")
            .ToList();
        var instead = row.Document is { } at ? $"[{at[(at.IndexOf('#', StringComparison.Ordinal) + 1)..]}]({Link(at)})" : row.Instead;
        return string.Join("<br>", instead.Length == 0 ? found : [.. found, instead]);
    }

    private static string Link(string at) =>
        at.StartsWith("docs/", StringComparison.Ordinal) ? "../" + at["docs/".Length..] : "../../" + at;
}
