namespace KohakuRiver.Auth;

/// <summary>How the quotas of several groups combine.</summary>
internal static class QuotaRules
{
    /// <summary>
    /// Per key the most generous value holds, with the group that gave it (the first by name where several do); ordered by key.
    /// </summary>
    public static IReadOnlyList<EffectiveLimit> Combine(IEnumerable<Group> groups)
    {
        var best = new SortedDictionary<string, EffectiveLimit>(StringComparer.Ordinal);
        foreach (var group in groups.OrderBy(g => g.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (key, value) in group.Limits)
            {
                if (!best.TryGetValue(key, out var held) || value > held.Value)
                {
                    best[key] = new EffectiveLimit(key, value, new GroupRef(group.Id, group.Name));
                }
            }
        }

        return [.. best.Values];
    }
}
