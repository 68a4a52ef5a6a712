using System.Reflection;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Which stores can be replaced alone. A verb that takes an <see cref="AuthorizedWrite"/> requires a credential's rows and writes an audit
/// entry in its own transaction, and those of <see cref="IAccountStore"/> write almost everywhere: all these stores are one.
/// </summary>
/// <remarks>
/// A store with data of its own can claim the transaction domain of the others, and then lists and creates what no other verb finds. So
/// the check also asks where a store comes from: those bound together are written together, hence in one assembly, unless one says
/// otherwise by <see cref="SharesRowsOfAttribute"/>.
/// </remarks>
internal static class StoreBonds
{
    /// <summary>The stores without a verb that touches another store's rows, and whose rows no other store's verb touches.</summary>
    internal static IReadOnlyList<string> Alone { get; } = [nameof(KohakuStoreSet.Throttle)];

    /// <summary>Why the host cannot start with these stores; null when it can.</summary>
    /// <param name="set">The set they belong to.</param>
    /// <param name="stores">All stores by the name of their property.</param>
    internal static string? FindFault(KohakuStoreSet set, IReadOnlyDictionary<string, IKohakuStore> stores)
    {
        var bound = stores.Where(s => !Alone.Contains(s.Key, StringComparer.Ordinal)).Select(s => new Bound(s.Key, s.Value, set)).ToList();

        // What most of them agree on is the set; where it is even, what the spanning verbs are part of.
        var most = bound.GroupBy(b => (b.Domain, b.Origin))
            .OrderBy(g => g.Key.Origin is null)
            .ThenByDescending(g => g.Count())
            .ThenByDescending(g => g.Any(b => b.Name == nameof(KohakuStoreSet.Accounts)))
            .First().Key;
        var strangers = bound
            .Where(b => !ReferenceEquals(b.Domain, most.Domain) || (b.Origin is not null && b.Origin != most.Origin))
            .Select(b => $"{b.Name} ({b.Store.GetType().FullName})")
            .ToList();
        return strangers.Count == 0
            ? null
            : $"{string.Join(", ", strangers)} cannot be replaced alone in {set.GetType().Name}. "
                + $"The stores {Names(bound.Select(b => b.Name))} are bound together by verbs that change the rows of "
                + "several of them in one transaction: take all of them from one set. "
                + $"{Names(Alone)} can be replaced alone. A store that passes every write on to the one it replaces returns its "
                + $"TransactionDomain and says so with [SharesRowsOf(typeof({set.GetType().Name}))].";
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 1 ? all[0] : string.Join(", ", all.SkipLast(1)) + " and " + all[^1];
    }

    /// <summary>A store that is bound to others.</summary>
    private sealed record Bound(string Name, IKohakuStore Store, KohakuStoreSet Set)
    {
        /// <summary>The database that it says it writes to.</summary>
        public object Domain { get; } = Store.TransactionDomain;

        /// <summary>Where it was written; null for one that vouches for itself.</summary>
        public Assembly? Origin { get; } = Store.GetType()
            .GetCustomAttributes<SharesRowsOfAttribute>()
            .Any(s => s.Set.IsInstanceOfType(Set))
            ? null
            : Store.GetType().Assembly;
    }
}
