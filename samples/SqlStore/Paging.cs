using KohakuRiver.Auth;

namespace SqlStore;

/// <summary>Pages of the lists that come newest first: a page goes on below the id that the one before it ended with.</summary>
internal static class Paging
{
    private const string NewestFirst = "-id";

    /// <summary>The id below which the page begins.</summary>
    public static long Below(PageRequest page) => (Check(page, NewestFirst)?.Id) ?? long.MaxValue;

    /// <summary>The cursor of a request, which has to be one of the order.</summary>
    public static PageCursor? Check(PageRequest page, string order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1, nameof(page));
        return page.After is { } cursor && cursor.Order != order
            ? throw new ArgumentException($"A cursor of the order '{cursor.Order}' cannot go on in the order '{order}'.", nameof(page))
            : page.After;
    }

    /// <summary>A page of rows that were asked for with one more than its limit.</summary>
    public static Page<T> Cut<T>(List<T> rows, PageRequest page, long? total, Func<T, PageCursor> cursor)
    {
        var isLast = rows.Count <= page.Limit;
        var items = isLast ? rows : rows[..page.Limit];
        return new Page<T>(items, isLast ? null : cursor(items[^1]), total ?? 0);
    }

    /// <summary>The same for rows newest first.</summary>
    public static Page<T> Cut<T>(List<T> rows, PageRequest page, long? total, Func<T, long> id) =>
        Cut(rows, page, total, row => new PageCursor { Order = NewestFirst, Id = id(row) });
}
