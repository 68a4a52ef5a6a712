using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Which VPS somebody may enter, and why.</summary>
/// <param name="Elsewhere">What holds for every VPS that is not listed.</param>
/// <param name="Own">Those that are assigned to them or to a group of theirs, and those that are theirs at the host; by name.</param>
/// <param name="Search">Which other one is asked about; null for none.</param>
/// <param name="Found">The first of those whose name or id has it; null when none is asked about.</param>
internal sealed record UserVps(VpsVerdict Elsewhere, IReadOnlyList<VpsOfUser> Own, string? Search, IReadOnlyList<VpsOfUser>? Found)
{
    private const int MostFound = 20;

    /// <summary>Looks them up: one query for the ids, one for all assignments, one of the host's directory.</summary>
    internal static async Task<KohakuResult<UserVps>> FindAsync(
        PanelContext panel, IVpsAccessService access, UserDetails user, string? search)
    {
        var ids = await access.ListOfUserAsync(panel.Actor, user.User.Id, panel.Ct);
        if (!ids.IsSuccess)
        {
            return ids.Refusal;
        }

        var all = await VpsNames.AllAsync(panel);
        var known = all?.Select(v => v.VpsId).ToHashSet(StringComparer.Ordinal);
        var owned = (all ?? []).Where(v => v.OwnerId == user.User.Id).Select(v => v.VpsId);
        var own = VpsNames.Describe(all, [.. ids.Value.Ids.Union(owned, StringComparer.Ordinal)]);
        var found = string.IsNullOrWhiteSpace(search) ? null : Matching(all, search.Trim());
        var given = await access.FindAsync([.. own.Concat(found ?? []).Select(v => v.VpsId).Distinct(StringComparer.Ordinal)], panel.Ct);

        return new UserVps(
            AccessRules.ExplainVps(user, []),
            [.. own.Select(Explain).OrderBy(v => v.Vps.Name, StringComparer.OrdinalIgnoreCase)],
            search,
            found is null ? null : [.. found.Select(Explain)]);

        VpsOfUser Explain(VpsInfo vps) => new(
            vps, known?.Contains(vps.VpsId) ?? true, AccessRules.ExplainVps(user, given[vps.VpsId]), vps.OwnerId == user.User.Id);
    }

    // Without a directory every id is one, and none has a name.
    private static IReadOnlyList<VpsInfo> Matching(IReadOnlyList<VpsInfo>? all, string search)
    {
        if (all is null)
        {
            return FieldRules.HostId(search) is null ? [new VpsInfo(search, search)] : [];
        }

        var wanted = new WantedText(search);
        return [.. all
            .Where(v => wanted.IsIn(v.Name, v.VpsId))
            .OrderBy(v => v.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MostFound)];
    }
}
