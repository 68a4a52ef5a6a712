using Spectre.Console.Rendering;

namespace KohakuRiver.Cli;

/// <summary>How much room the columns of a table need.</summary>
internal static class ColumnWidths
{
    /// <summary>Between two columns.</summary>
    internal const int Gap = 2;

    private const int NarrowestFold = 16;

    // A wrapping column needs room for at least a few words.
    internal static int Least<T>(IReadOnlyList<Column<T>> columns, List<List<string>> cells) => columns.Select((column, index) =>
    {
        var natural = Math.Max(Of(Heading(column)), cells.Max(row => Of(row[index])));
        return (column.Folds ? Math.Min(natural, NarrowestFold) : natural) + Gap;
    }).Sum();

    internal static string Heading<T>(Column<T> column) => column.Title.ToUpperInvariant();

    private static int Of(string text) => new Segment(text).CellCount();
}
