using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What holds for every paged list.</summary>
internal static class Paging
{
    /// <summary>
    /// The list returns exactly these rows in this order, whatever the page size, with the total on each page and no
    /// cursor on the last.
    /// </summary>
    internal static async Task AssertPagesAsync<T>(
        IReadOnlyList<long> expected, Func<PageRequest, Task<Page<T>>> list, Func<T, long> id)
    {
        for (var limit = 1; limit <= expected.Count + 1; limit++)
        {
            var seen = new List<long>();
            PageCursor? after = null;
            do
            {
                var page = await list(new PageRequest(limit, after));
                Assert.Equal(expected.Count, page.Total);
                Assert.Equal(Math.Min(limit, expected.Count - seen.Count), page.Items.Count);
                seen.AddRange(page.Items.Select(id));
                Assert.Equal(seen.Count < expected.Count, page.Next is not null);
                after = page.Next is null ? null : Reread(page.Next);
            }
            while (after is not null);

            Assert.Equal(expected, seen);
        }
    }

    /// <summary>
    /// Rows added, and the cursor's row removed, between two pages neither hide nor repeat an old row.
    /// The list is newest first, and <paramref name="add"/> adds a newest row.
    /// </summary>
    internal static async Task AssertStableAsync<T>(
        Func<PageRequest, Task<Page<T>>> list, Func<T, long> id, Func<Task> add, Func<long, Task>? remove = null)
    {
        for (var i = 0; i < 5; i++)
        {
            await add();
        }

        var all = (await list(new PageRequest(100))).Items.Select(id).ToList();
        var first = await list(new PageRequest(2));
        Assert.NotNull(first.Next);

        // More are added than removed, so that paging by row numbers cannot be right by accident.
        await add();
        await add();
        if (remove is not null)
        {
            await remove(id(first.Items[1]));
        }

        var rest = await list(new PageRequest(100, Reread(first.Next)));
        Assert.Equal(all, first.Items.Concat(rest.Items).Select(id));
    }

    private static PageCursor Reread(PageCursor cursor)
    {
        Assert.True(PageCursor.TryDecode(cursor.Encode(), out var again));
        Assert.Equal(cursor, again);
        return again;
    }
}
