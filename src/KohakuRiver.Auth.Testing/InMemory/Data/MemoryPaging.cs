namespace KohakuRiver.Auth.Testing;

/// <summary>Cuts pages out of sorted rows by position in the order, not by row number.</summary>
internal static class MemoryPaging
{
    /// <summary>The order of the lists that have only one: newest first.</summary>
    private const string NewestFirst = "-id";

    /// <summary>A page of rows, newest first.</summary>
    internal static Page<T> Newest<T>(IEnumerable<T> rows, PageRequest page, Func<T, long> idOf, int offset = 0) => Cut(
        rows,
        page,
        NewestFirst,
        (row, cursor) => idOf(row) < cursor.Id,
        row => new PageCursor { Order = NewestFirst, Id = idOf(row) },
        offset);

    /// <summary>A page of rows in the order named.</summary>
    /// <exception cref="ArgumentException">The cursor belongs to another order.</exception>
    internal static Page<T> Cut<T>(
        IEnumerable<T> rows, PageRequest page, string order, Func<T, PageCursor, bool> isAfter, Func<T, PageCursor> cursorOf,
        int offset = 0)
    {
        if (page.After is { } given && given.Order != order)
        {
            throw new ArgumentException(
                $"A cursor of the order '{given.Order}' cannot continue a list in the order '{order}'.", nameof(page));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1, nameof(page));
        var all = rows.ToList();
        var rest = page.After is { } cursor ? all.Where(row => isAfter(row, cursor)) : all;
        var found = rest.Skip(offset).Take(page.Limit).ToList();
        var isLast = found.Count < page.Limit || !rest.Skip(offset + page.Limit).Any();
        return new Page<T>([.. found], isLast ? null : cursorOf(found[^1]), all.Count);
    }
}
