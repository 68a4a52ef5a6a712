namespace KohakuRiver.Auth;

/// <summary>How the quotas of several groups combine.</summary>
internal static class QuotaRules
{
    /// <summary>
    /// Per key the most generous value, with the group it comes from (the first by name where several have it); ordered by key.
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
