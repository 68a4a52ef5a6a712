using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Lists;
using KohakuRiver.Auth.AspNetCore;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// Which page of a list is shown, as its address says. Lists of the stores continue after a row and know no way back, so the address also
/// carries where the pages before began: <c>cursor</c>, <c>page</c> for counting, and <c>back</c>. Lists that the panel has whole need
/// <c>page</c> alone.
/// </summary>
internal sealed class PagePlace
{
    private const int MostPages = 1_000_000;

    // Some thirty pages of most lists. From further on one goes back that far, and to the first page.
    private const int LongestTrail = 1800;
    private const char Between = '.';
    private const string Back = "back";

    // What each row of a list repeats is short.
    private const int NearestPages = 2;

    private readonly IReadOnlyList<string> trail;
    private readonly int? number;

    private PagePlace(PageCursor? cursor, int? number, IReadOnlyList<string> trail)
    {
        Cursor = cursor;
        this.number = number;
        this.trail = trail;
    }

    /// <summary>Where the page begins; null for the first one, and for lists that the panel has whole.</summary>
    internal PageCursor? Cursor { get; }

    internal bool IsFirst => Cursor is null && number == 1;

    /// <summary>The same page, for a form or a link that comes back to it.</summary>
    internal IReadOnlyList<(string Name, string? Value)> Here => IsFirst ? [] : At(Cursor?.Encode(), number, trail);

    /// <summary>The place in a list of a store.</summary>
    /// <param name="query">The address; its faults are noted there.</param>
    /// <param name="order">The order of the list; null where the host chooses it, and checks its cursors itself.</param>
    internal static PagePlace Read(StrictQuery query, string? order)
    {
        var cursor = query.Cursor(order);
        var page = query.Int("page", 1, MostPages);
        var back = (query.Text(Back, LongestTrail) ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);
        if (back.Any(t => !PageCursor.TryDecode(t, out var before) || (order is not null && before.Order != order)))
        {
            query.Fault(Back, "back must be the one of a link to this page.");
        }

        return cursor is null ? new PagePlace(null, 1, []) : new PagePlace(cursor, page is > 1 ? page : null, back);
    }

    /// <summary>The place in a list that the panel has whole.</summary>
    internal static PagePlace ReadWhole(StrictQuery query) => new(null, query.Int("page", 1, MostPages) ?? 1, []);

    /// <summary>
    /// The query of a list's address for the links of its rows: of the pages before, only the nearest, since every row repeats it. Whoever
    /// comes back by it finds these, and the first page.
    /// </summary>
    internal static string Nearest(string query)
    {
        const string name = Back + "=";
        if (!query.Contains(name, StringComparison.Ordinal))
        {
            return query;
        }

        return string.Join('&', query.Split('&').Select(part => part.StartsWith(name, StringComparison.Ordinal)
            ? name + string.Join(Between, part[name.Length..].Split(Between).TakeLast(NearestPages))
            : part));
    }

    /// <summary>The rows of this page, of a list that the panel has whole.</summary>
    internal IReadOnlyList<T> Cut<T>(IReadOnlyList<T> rows, int size) => [.. rows.Skip(RowsBefore(size)).Take(size)];

    /// <summary>What the <see cref="Pager"/> of a list of a store shows.</summary>
    /// <param name="page">The page shown.</param>
    /// <param name="size">The most rows of a page.</param>
    /// <param name="address">The list's address, filters and order included, with these parameters for the page.</param>
    internal Dictionary<string, object> Around<T>(
        Page<T> page, int size, Func<IReadOnlyList<(string Name, string? Value)>, string> address) =>
        Around(page.Items.Count, page.Total, size, page.Next is { } next ? After(next) : null, address);

    /// <summary>The same for a list that the panel has whole.</summary>
    /// <param name="total">All rows that match.</param>
    /// <param name="size">The most rows of a page.</param>
    /// <param name="address">The list's address, filters and order included, with these parameters for the page.</param>
    internal Dictionary<string, object> Around(
        int total, int size, Func<IReadOnlyList<(string Name, string? Value)>, string> address)
    {
        var left = Math.Max(0, total - RowsBefore(size));
        return Around(Math.Min(size, left), total, size, left > size ? At(null, number + 1, []) : null, address);
    }

    private Dictionary<string, object> Around(
        int count,
        long total,
        int size,
        IReadOnlyList<(string Name, string? Value)>? next,
        Func<IReadOnlyList<(string Name, string? Value)>, string> address) => new(StringComparer.Ordinal)
    {
        [nameof(Pager.First)] = address([]),
        [nameof(Pager.IsFirst)] = IsFirst,
        [nameof(Pager.Previous)] = Before() is { } before ? address(before) : null!,
        [nameof(Pager.Next)] = next is null ? null! : address(next),
        [nameof(Pager.From)] = FirstRow(size, count, total, next is null)!,
        [nameof(Pager.Count)] = count,
        [nameof(Pager.Total)] = total,
    };

    private int RowsBefore(int size) => (int)Math.Min(int.MaxValue, ((long)number! - 1) * size);

    private IReadOnlyList<(string Name, string? Value)> After(PageCursor next)
    {
        List<string> kept = Cursor is null ? [] : [.. trail, Cursor.Encode()];
        while (kept.Sum(t => t.Length + 1) > LongestTrail)
        {
            kept.RemoveAt(0);
        }

        return At(next.Encode(), number + 1, kept);
    }

    private IReadOnlyList<(string Name, string? Value)>? Before() =>
        IsFirst ? null
        : number == 2 ? []
        : Cursor is null ? At(null, number - 1, [])
        : trail.Count > 0 ? At(trail[^1], number - 1, trail.SkipLast(1))
        : null;

    // Rows come and go while somebody turns pages: what is said is where the page begins if none did, and never beyond the end.
    private long? FirstRow(int size, int count, long total, bool isLast) => count == 0 ? null
        : isLast ? Math.Max(1, total - count + 1)
        : number is { } page ? Math.Max(1, Math.Min(((page - 1L) * size) + 1, total - count))
        : null;

    private static IReadOnlyList<(string Name, string? Value)> At(string? cursor, int? page, IEnumerable<string> back) =>
        [("cursor", cursor), ("page", page?.ToString(CultureInfo.InvariantCulture)), (Back, string.Join(Between, back))];
}
