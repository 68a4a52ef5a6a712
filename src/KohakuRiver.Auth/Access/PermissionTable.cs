using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>
/// Every permission that exists in this host: the built-in ones and its own. What has no row here is refused
/// (default deny).
/// </summary>
public sealed class PermissionTable
{
    private readonly FrozenDictionary<string, Permission> byName;

    /// <summary>Builds a table of the built-in permissions and <paramref name="own"/>.</summary>
    /// <exception cref="ArgumentException">Two permissions share a name.</exception>
    public PermissionTable(params IEnumerable<Permission> own)
    {
        var all = Permissions.All.Concat(own).ToList();
        var twice = all.GroupBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"The permission '{twice.Key}' is registered twice.", nameof(own));
        }

        byName = all.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        All = all;
    }

    /// <summary>All rows, built-in ones first.</summary>
    public IReadOnlyList<Permission> All { get; }

    /// <summary>Finds a permission by its exact name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out Permission? permission) =>
        byName.TryGetValue(name, out permission);

    /// <summary>
    /// Decides by name. A name without a row is refused, whoever asks.
    /// </summary>
    public Decision Decide(Actor actor, string permissionName) => byName.TryGetValue(permissionName, out var permission)
        ? AccessRules.Decide(actor, permission)
        : Decision.Refuse(Refusals.UnknownPermission);
}
