using KohakuRiver.Auth;

namespace SqlStore;

/// <summary>Pages of newest-first lists: a page continues below the last id of the page before it.</summary>
internal static class Paging
{
    private const string NewestFirst = "-id";
    private const string OldestFirst = "id";

    /// <summary>The id below which the page begins.</summary>
    public static long Below(PageRequest page) => (Check(page, NewestFirst)?.Id) ?? long.MaxValue;

    /// <summary>The id above which a page of a list that is oldest first begins.</summary>
    public static long Above(PageRequest page) => (Check(page, OldestFirst)?.Id) ?? 0;

    /// <summary>Where a list continues after the row of this id.</summary>
    public static PageCursor CursorOf(long id, bool oldestFirst) => new() { Order = oldestFirst ? OldestFirst : NewestFirst, Id = id };

    /// <summary>The cursor of a request, which must belong to the order.</summary>
    public static PageCursor? Check(PageRequest page, string order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1, nameof(page));
        return page.After is { } cursor && cursor.Order != order
            ? throw new ArgumentException(
                $"A cursor of the order '{cursor.Order}' cannot continue a list in the order '{order}'.", nameof(page))
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
        Cut(rows, page, total, row => CursorOf(id(row), oldestFirst: false));
}
