using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Instances as a caller may see them: those of everybody for who manages them, for others those they may use.</summary>
internal sealed class VpsViews(VpsStore instances, IVpsAccessService access)
{
    public static bool SeesAll(Actor actor) => AccessRules.Decide(actor, Permissions.ManageVps).IsAllowed;

    /// <summary>Null where it does not exist or is not for this caller.</summary>
    public async Task<VpsBody?> FindAsync(Actor actor, string vpsId, CancellationToken cancellationToken)
    {
        if (await instances.FindRowAsync(vpsId, cancellationToken) is not { } row)
        {
            return null;
        }

        var shown = await ListAsync(actor, SeesAll(actor), [row], cancellationToken);
        return shown.IsSuccess ? shown.Value.SingleOrDefault() : null;
    }

    /// <summary>The newest first. Refusals: those of <see cref="IVpsAccessService.ListOwnAsync"/>.</summary>
    public async Task<KohakuResult<IReadOnlyList<VpsBody>>> ListAsync(
        Actor actor, bool all, Func<VpsRow, bool> isWanted, CancellationToken cancellationToken) =>
        await ListAsync(actor, all, [.. (await instances.ListRowsAsync(cancellationToken)).Where(isWanted)], cancellationToken);

    private async Task<KohakuResult<IReadOnlyList<VpsBody>>> ListAsync(
        Actor actor, bool all, List<VpsRow> rows, CancellationToken cancellationToken)
    {
        if (!all)
        {
            var assigned = await access.ListOwnAsync(actor, cancellationToken);
            if (!assigned.IsSuccess)
            {
                return assigned.Refusal;
            }

            var own = assigned.Value.Ids.ToHashSet(StringComparer.Ordinal);
            rows = [.. rows.Where(v => own.Contains(HostIds.ToText(v.Id)))];
        }

        var assignments = await access.FindAsync([.. rows.Select(r => HostIds.ToText(r.Id))], cancellationToken);
        return rows.Select(r => VpsBody.Of(r, assignments[HostIds.ToText(r.Id)], actor)).ToList();
    }
}
