using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.Benchmarks.Reporting;

/// <summary>The rows of one suite and the forms they are shown in.</summary>
internal sealed class Report(string suite)
{
    private static readonly string[] Headings = ["measured", "value", "ratio", "goal", "verdict", "note"];

    private readonly List<Row> rows = [];

    /// <summary>The name of the suite.</summary>
    public string Suite => suite;

    /// <summary>Whether no goal was missed.</summary>
    public bool Passed => rows.TrueForAll(r => r.Passed != false);

    public void Add(Row row) => rows.Add(row);

    /// <summary>A table in columns.</summary>
    public string ToText()
    {
        var cells = rows.ConvertAll(Cells);
        cells.Insert(0, Headings);
        var widths = Enumerable.Range(0, Headings.Length).Select(i => cells.Max(c => c[i].Length)).ToArray();
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"== {suite}");
        foreach (var line in cells)
        {
            text.AppendLine(string.Join("  ", line.Select((c, i) => i is 1 or 2 ? c.PadLeft(widths[i]) : c.PadRight(widths[i]))).TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>The rows as CSV lines, after <see cref="CsvHeading"/>.</summary>
    public IEnumerable<string> ToCsv() => rows.Select(r => string.Join(',', new[]
    {
        suite,
        r.What,
        r.Value.ToString("R", CultureInfo.InvariantCulture),
        r.Unit,
        r.Ratio?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        r.Goal,
        r.Verdict,
        r.Note,
    }.Select(Quoted)));

    public const string CsvHeading = "suite,measured,value,unit,ratio,goal,verdict,note";

    /// <summary>
    /// Writes the table between the suite's markers in a Markdown file, <c>&lt;!-- benchmarks:suite --&gt;</c> and
    /// <c>&lt;!-- /benchmarks:suite --&gt;</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The markers are not there.</exception>
    public void WriteMarkdown(string path)
    {
        var text = File.ReadAllText(path);
        string from = $"<!-- benchmarks:{suite} -->", to = $"<!-- /benchmarks:{suite} -->";
        int start = text.IndexOf(from, StringComparison.Ordinal), end = text.IndexOf(to, StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            throw new InvalidOperationException($"'{path}' has no markers for the suite '{suite}'.");
        }

        File.WriteAllText(path, $"{text[..(start + from.Length)]}\n{ToMarkdown()}{text[end..]}");
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder("| What | Measured | Ratio | Goal | |\n| --- | ---: | ---: | --- | --- |\n");
        foreach (var row in rows)
        {
            var cells = Cells(row);
            var verdict = cells[5].Length == 0 ? cells[4] : cells[4].Length == 0 ? cells[5] : $"{cells[4]}; {cells[5]}";
            text.Append(CultureInfo.InvariantCulture, $"| {cells[0]} | {cells[1]} | {cells[2]} | {cells[3]} | {verdict} |\n");
        }

        return text.ToString();
    }

    private static string[] Cells(Row row) =>
    [
        row.What,
        $"{Number(row.Value)} {row.Unit}".TrimEnd(),
        row.Ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
        row.Goal,
        row.Verdict,
        row.Note,
    ];

    private static string Number(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.###" }, CultureInfo.InvariantCulture).Replace(',', ' ');

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
