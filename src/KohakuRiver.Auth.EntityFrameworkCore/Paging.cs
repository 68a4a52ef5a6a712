namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Paging by the last row seen.</summary>
internal static class Paging
{
    /// <summary>The order of lists that are always newest first.</summary>
    public const string NewestFirst = "-id";

    /// <summary>The order of lists that are oldest first.</summary>
    public const string OldestFirst = "id";

    /// <summary>The cursor, if it belongs to this order.</summary>
    /// <exception cref="ArgumentException">It belongs to another order.</exception>
    public static PageCursor? CursorFor(this PageRequest page, string order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1, nameof(page));
        return page.After is null || page.After.Order == order
            ? page.After
            : throw new ArgumentException(
                $"A cursor of the order '{page.After.Order}' cannot continue a list in the order '{order}'.", nameof(page));
    }

    /// <summary>The id below which a newest-first list continues.</summary>
    public static long IdBefore(this PageRequest page) => page.CursorFor(NewestFirst)?.Id ?? long.MaxValue;

    /// <summary>The id above which an oldest-first list continues.</summary>
    public static long IdAfter(this PageRequest page) => page.CursorFor(OldestFirst)?.Id ?? 0;

    /// <summary>
    /// Builds the page from rows that were asked for with one more than the limit: the extra row tells that there is
    /// a next page.
    /// </summary>
    public static Page<T> ToPage<TRow, T>(
        this IReadOnlyList<TRow> rows, int limit, long total, Func<TRow, T> toModel, Func<TRow, PageCursor> toCursor)
    {
        var items = rows.Take(limit).ToList();
        return new Page<T>(items.ConvertAll(row => toModel(row)), rows.Count > limit ? toCursor(items[^1]) : null, total);
    }

    /// <summary>The same for a newest-first list.</summary>
    public static Page<T> ToPage<TRow, T>(
        this IReadOnlyList<TRow> rows, int limit, long total, Func<TRow, T> toModel, Func<TRow, long> id) =>
        rows.ToPage(limit, total, toModel, row => new PageCursor { Order = NewestFirst, Id = id(row) });
}
