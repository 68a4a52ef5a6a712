namespace KohakuRiver.Auth.Stores;

/// <summary>The changes to a group; null leaves a field unchanged.</summary>
public sealed record GroupChange
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new description.</summary>
    public string? Description { get; init; }

    /// <summary>The new tier.</summary>
    public int? Tier { get; init; }

    /// <summary>
    /// The new limits, replacing all of the old ones. A caller that has not seen all of those sends what to set and to remove instead.
    /// </summary>
    public IReadOnlyDictionary<string, long>? Limits { get; init; }

    /// <summary>Limits to add or to change, by name. Not together with <see cref="Limits"/>.</summary>
    public IReadOnlyDictionary<string, long>? SetLimits { get; init; }

    /// <summary>
    /// Names of limits to remove; a missing one is no error. Not together with <see cref="Limits"/>, and none that is in
    /// <see cref="SetLimits"/>.
    /// </summary>
    public IReadOnlyList<string>? RemoveLimits { get; init; }

    /// <summary>
    /// The limits after the change: all of <see cref="Limits"/>, or the old ones with what is set and without what is removed.
    /// </summary>
    public IReadOnlyDictionary<string, long> ApplyTo(IReadOnlyDictionary<string, long> limits)
    {
        var changed = new SortedDictionary<string, long>((Limits ?? limits).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var name in RemoveLimits ?? [])
        {
            changed.Remove(name);
        }

        foreach (var (name, value) in SetLimits ?? new Dictionary<string, long>(StringComparer.Ordinal))
        {
            changed[name] = value;
        }

        return changed;
    }
}
