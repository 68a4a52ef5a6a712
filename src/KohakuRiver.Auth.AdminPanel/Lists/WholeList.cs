using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A list that the panel has whole, as its address asks for it: searched, ordered, at a page.</summary>
/// <param name="Rows">The page.</param>
/// <param name="Matching">How many match the search and the filters.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Read">How many of those were looked at: the newest, where there are more than the panel reads.</param>
/// <param name="Search">What is searched for; null for nothing.</param>
/// <param name="Sort">The order; with - in front for descending.</param>
/// <param name="Place">The page shown.</param>
internal sealed record WholeList<T>(
    IReadOnlyList<T> Rows, int Matching, long Total, int Read, string? Search, string Sort, PagePlace Place)
{
    internal const int PageSize = 50;

    /// <summary>What the pager shows.</summary>
    /// <param name="address">The list's address with parameters.</param>
    internal Dictionary<string, object> Around(Func<IReadOnlyList<(string Name, string? Value)>, string> address) =>
        Place.Around(Matching, PageSize, address);

    /// <summary>Search and order as the list's address carries them, in front of others.</summary>
    internal (string Name, string? Value)[] Query(string? sort = null, params IEnumerable<(string Name, string? Value)> more) =>
        [("search", Search), ("sort", sort ?? Sort), .. more];
}

/// <summary>Reads lists whole and shows what their addresses ask for.</summary>
internal static class WholeList
{
    /// <summary>The most rows that are read: a list of more says so.</summary>
    internal const int Most = 5000;

    /// <summary>All rows of a service's list, as far as <see cref="Most"/>.</summary>
    internal static async Task<KohakuResult<Page<T>>> ReadAsync<T>(Func<PageRequest, Task<KohakuResult<Page<T>>>> read)
    {
        // At once: every page of a store would count its rows anew.
        var page = await read(new PageRequest(Most));
        return page.IsSuccess ? page.Value with { Next = null, Total = Math.Max(page.Value.Items.Count, page.Value.Total) } : page;
    }

    /// <summary>What the address asks for: <c>search</c>, <c>sort</c> and <c>page</c>.</summary>
    /// <param name="rows">All rows that pass the filters.</param>
    /// <param name="query">The address; its faults are noted there.</param>
    /// <param name="texts">What a search looks into.</param>
    /// <param name="usual">The order without one in the address.</param>
    /// <param name="columns">The columns by which the list can be ordered.</param>
    internal static WholeList<T> Show<T>(
        Page<T> rows,
        StrictQuery query,
        Func<T, IEnumerable<string?>> texts,
        string usual,
        params (string Name, Func<T, object?> Key)[] columns)
    {
        var sort = query.OneOf("sort", [.. columns.SelectMany(c => new[] { c.Name, "-" + c.Name })]) ?? usual;
        var search = query.Text("search", 100);
        var place = PagePlace.ReadWhole(query);
        var wanted = new WantedText(search);
        var found = rows.Items.Where(r => wanted.IsEmpty || wanted.IsIn(texts(r)));
        var key = columns.FirstOrDefault(c => c.Name == sort.TrimStart('-')).Key;
        List<T> ordered = [.. key is null ? found
            : sort[0] == '-' ? found.OrderByDescending(key, Values.Instance)
            : found.OrderBy(key, Values.Instance)];
        return new WholeList<T>(
            place.Cut(ordered, WholeList<T>.PageSize), ordered.Count, rows.Total, rows.Items.Count, search, sort, place);
    }

    /// <summary>A list that is there at once.</summary>
    internal static Page<T> Of<T>(IReadOnlyList<T> rows) => new(rows, null, rows.Count);

    // Names as people order them, regardless of case; nothing comes before everything.
    private sealed class Values : IComparer<object?>
    {
        internal static Values Instance { get; } = new();

        public int Compare(object? x, object? y) => x is string first && y is string second
            ? StringComparer.OrdinalIgnoreCase.Compare(first, second)
            : System.Collections.Comparer.DefaultInvariant.Compare(x, y);
    }
}
