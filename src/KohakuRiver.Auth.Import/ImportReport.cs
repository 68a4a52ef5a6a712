using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.Import;

/// <summary>What an import did, or would do. A dry run and the following run report the same.</summary>
public sealed record ImportReport
{
    private const int LongestName = 60;

    /// <summary>Whether it was a dry run, which writes nothing.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>The counts, one entry per table.</summary>
    public required IReadOnlyList<ImportCount> Counts { get; init; }

    /// <summary>The rows that were not imported, and why.</summary>
    public required IReadOnlyList<ImportRemark> LeftOut { get; init; }

    /// <summary>The rows that were imported with a change, and which change.</summary>
    public required IReadOnlyList<ImportRemark> Changed { get; init; }

    /// <summary>The users who have another name here; whoever logs in with the old one and the right password is told the new
    /// one.</summary>
    public IReadOnlyList<ImportRename> Renamed { get; init; } = [];

    /// <summary>Notes about the import as a whole.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// The report as text: the table of counts, then every row left out or changed. Names are shown as in the old database,
    /// except for characters that could move a terminal's cursor or reverse its text.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(IsDryRun ? "This is what an import would do. Nothing was written." : "The import is done.");
        text.AppendLine().AppendLine(Line("table", "imported", "already there", "left out"));
        foreach (var count in Counts)
        {
            text.AppendLine(Line(count.Table, Number(count.Imported), Number(count.AlreadyThere), Number(count.LeftOut)));
        }

        Append(text, "Left out:", LeftOut);
        Append(text, "Imported with a change:", Changed);
        if (Renamed.Count > 0)
        {
            text.AppendLine().AppendLine("Imported under another name:");
            foreach (var rename in Renamed)
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"  {ImportLedger.Users} {rename.Id} \"{Clean(rename.OldName)}\" is now {rename.NewName}");
            }
        }

        if (Notes.Count > 0)
        {
            text.AppendLine().AppendLine("Notes:");
            foreach (var note in Notes)
            {
                text.AppendLine("  " + Clean(note, int.MaxValue));
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<ImportRemark> remarks)
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

    private static string Line(string table, string imported, string there, string leftOut) =>
        $"  {table,-16}{imported,10}{there,15}{leftOut,10}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // The names are those that were refused: nothing in them may move the cursor or reverse the text.
    private static string Clean(string name, int longest = LongestName)
    {
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(longest))
        {
            var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            clean.Append(isHidden ? "?" : rune.ToString());
        }

        return clean.ToString();
    }
}
