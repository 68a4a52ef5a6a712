using System.Collections.Immutable;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// An immutable table: rows by id, in the order of their ids, and an index over the unique key. A change returns
/// a new table. It remembers its highest id ever, so that none is reused.
/// </summary>
internal sealed class MemoryTable<TRow, TKey>
    where TRow : class, IMemoryRow<TKey>
    where TKey : notnull
{
    private readonly ImmutableSortedDictionary<long, TRow> rows;
    private readonly ImmutableDictionary<TKey, long> ids;
    private readonly long lastId;

    internal MemoryTable(IEqualityComparer<TKey>? comparer = null)
        : this(ImmutableSortedDictionary<long, TRow>.Empty, ImmutableDictionary.Create<TKey, long>(comparer), 0)
    {
    }

    private MemoryTable(ImmutableSortedDictionary<long, TRow> rows, ImmutableDictionary<TKey, long> ids, long lastId)
    {
        this.rows = rows;
        this.ids = ids;
        this.lastId = lastId;
    }

    /// <summary>The id of the next new row.</summary>
    internal long NextId => lastId + 1;

    /// <summary>All rows, oldest first.</summary>
    internal IEnumerable<TRow> Rows => rows.Values;

    /// <summary>All rows, newest first.</summary>
    internal IEnumerable<TRow> NewestFirst => rows.Values.Reverse();

    internal TRow? Find(long id) => rows.GetValueOrDefault(id);

    internal TRow? FindByKey(TKey key) => ids.TryGetValue(key, out var id) ? rows[id] : null;

    /// <summary>The table with the row added, or replacing the one with its id.</summary>
    /// <exception cref="InvalidOperationException">Another row has the key: a caller's bug, as verbs check first.</exception>
    internal MemoryTable<TRow, TKey> With(TRow row)
    {
        var index = rows.TryGetValue(row.Id, out var old) ? ids.Remove(old.Key) : ids;
        if (index.ContainsKey(row.Key))
        {
            throw new InvalidOperationException($"A second {typeof(TRow).Name} with the same key.");
        }

        return new MemoryTable<TRow, TKey>(rows.SetItem(row.Id, row), index.Add(row.Key, row.Id), Math.Max(lastId, row.Id));
    }

    /// <summary>The table without the matching rows, and their number.</summary>
    internal MemoryTable<TRow, TKey> Without(Func<TRow, bool> matches, out int count)
    {
        var gone = rows.Values.Where(matches).ToList();
        count = gone.Count;
        return count == 0
            ? this
            : new MemoryTable<TRow, TKey>(
                rows.RemoveRange(gone.Select(row => row.Id)), ids.RemoveRange(gone.Select(row => row.Key)), lastId);
    }

    internal MemoryTable<TRow, TKey> Without(Func<TRow, bool> matches) => Without(matches, out _);
}
