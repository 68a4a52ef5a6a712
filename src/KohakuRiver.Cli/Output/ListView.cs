namespace KohakuRiver.Cli;

/// <summary>How a list is to be shown.</summary>
/// <param name="IsWide">With all columns and whole times, however wide the terminal is.</param>
/// <param name="Columns">The columns by title, in order; null for the usual ones.</param>
internal sealed record ListView(bool IsWide, IReadOnlyList<string>? Columns)
{
    /// <summary>The columns asked for. Throws a usage error for one that there is not.</summary>
    internal IReadOnlyList<Column<T>> Choose<T>(IReadOnlyList<Column<T>> columns) => Columns is null ? columns :
    [
        .. Columns.Select(name => columns.FirstOrDefault(c => Plain(c.Title) == Plain(name))
            ?? throw CliException.Usage($"--columns takes {string.Join(',', columns.Select(c => Plain(c.Title)))}; not '{name}'.")),
    ];

    /// <summary>
    /// What fits into the width: first columns without any value go, then times become relative, then columns go by their importance, then
    /// ids wrap. Null where even that is too wide.
    /// </summary>
    internal IReadOnlyList<Column<T>>? Fit<T>(
        IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns, DateTimeOffset now, Func<IReadOnlyList<Column<T>>, bool> fits)
    {
        if (IsWide || fits(columns))
        {
            return columns;
        }

        var left = columns.Where(c => Columns is not null || rows.Any(r => !string.IsNullOrEmpty(c.Value(r)))).ToList();
        if (!fits(left))
        {
            left = [.. left.Select(c => c.Time is { } time ? c with { Value = row => Show.Ago(time(row), now) ?? c.Value(row) } : c)];
        }

        while (!fits(left) && Columns is null && left.MaxBy(c => c.Drop) is { Drop: > 0 } least)
        {
            left.Remove(least);
        }

        if (!fits(left))
        {
            left = [.. left.Select(c => c.IsId ? c with { Folds = true } : c)];
        }

        return fits(left) ? left : null;
    }

    /// <summary>A title or the name of a field as it is compared.</summary>
    internal static string Plain(string title) => title.Trim().ToLowerInvariant().Replace(' ', '-').Replace('_', '-');
}
