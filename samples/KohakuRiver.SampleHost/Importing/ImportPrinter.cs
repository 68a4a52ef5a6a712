using System.Globalization;
using System.Text;
using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost.Importing;

/// <summary>Writes an import's report for people.</summary>
internal static class ImportPrinter
{
    private const int LongestName = 60;

    internal static string Print(ImportReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(report.IsDryRun ? "This is what an import would do. Nothing was written." : "The import is done.");
        text.AppendLine().AppendLine(Line("table", "imported", "already there", "left out"));
        foreach (var count in report.Counts)
        {
            text.AppendLine(Line(count.Table, Text(count.Imported), Text(count.AlreadyThere), Text(count.LeftOut)));
        }

        Print(text, "Left out:", report.LeftOut);
        Print(text, "Imported with a change:", report.Changed);
        if (report.Notes.Count > 0)
        {
            text.AppendLine().AppendLine("To note:");
            foreach (var note in report.Notes)
            {
                text.AppendLine("  " + note);
            }
        }

        return text.ToString();
    }

    private static void Print(StringBuilder text, string title, IReadOnlyList<ImportRemark> remarks)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine(title);
        foreach (var remark in remarks)
        {
            var name = remark.Name is null ? "" : $" \"{Clean(remark.Name)}\"";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {remark.Table} {remark.Id}{name}: {remark.Reason}");
        }
    }

    private static string Line(string table, string imported, string there, string leftOut) => $"  {table,-16}{imported,10}{there,15}{leftOut,10}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    // The names are just those that were refused: nothing in them may move the cursor or turn the text around.
    private static string Clean(string name)
    {
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(LongestName))
        {
            var category = Rune.GetUnicodeCategory(rune);
            clean.Append(category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? "?"
                : rune.ToString());
        }

        return clean.ToString();
    }
}
