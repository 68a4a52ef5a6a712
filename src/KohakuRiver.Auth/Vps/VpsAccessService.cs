using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IVpsAccessService" />
internal sealed class VpsAccessService(IVpsAssignmentStore assignments, IServiceScopeFactory scopes, TimeProvider clock)
    : IVpsAccessService
{
    private const int MostIds = 500;
    private const int MostVpsAtOnce = 10_000;

    private static readonly Refusal Unknown = new(RefusalKind.Hidden, "There is no such VPS.");

    /// <inheritdoc />
    public async Task<Decision> CanUseAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default)
    {
        // The role first: those who manage VPS cost no query.
        var byRole = AccessRules.UseVps(actor, isAssigned: false);
        if (byRole.IsAllowed || actor.Id is not { } userId || FieldRules.HostId(vpsId) is not null)
        {
            return byRole;
        }

        return AccessRules.UseVps(actor, await assignments.IsAssignedAsync(vpsId, userId, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<KohakuResult<VpsIds>> ListOwnAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        return decision.IsAllowed ? new VpsIds(await assignments.ListVpsOfUserAsync(actor.Id!.Value, cancellationToken)) : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<VpsIds>> ListOfUserAsync(Actor actor, long userId, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        return decision.IsAllowed ? new VpsIds(await assignments.ListVpsOfUserAsync(userId, cancellationToken)) : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<VpsAssignments>> ListAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default)
    {
        if (Refuse(actor, vpsId) is { } refusal)
        {
            return refusal;
        }

        var isKnown = await IsKnownAsync(vpsId, cancellationToken);
        var found = await assignments.ListAsync(vpsId, cancellationToken);
        return isKnown || found.Count > 0 ? new VpsAssignments(vpsId, found) { IsKnown = isKnown } : Unknown;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<IReadOnlyList<VpsAssignments>>> ListUnknownAsync(
        Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IVpsDirectory>() is not { } directory)
        {
            return Array.Empty<VpsAssignments>();
        }

        // The assignments first: an instance created in between is not taken for an unknown one.
        var assigned = await assignments.ListVpsAsync(cancellationToken);
        var known = (await directory.ListAsync(cancellationToken)).Select(v => v.VpsId).ToHashSet(StringComparer.Ordinal);
        var unknown = new List<VpsAssignments>();
        foreach (var ids in assigned.Where(id => !known.Contains(id)).Chunk(MostVpsAtOnce))
        {
            var found = await FindAsync(ids, cancellationToken);
            unknown.AddRange(ids.Where(found.Contains).Select(id => new VpsAssignments(id, [.. found[id]]) { IsKnown = false }));
        }

        return unknown;
    }

    /// <inheritdoc />
    public async Task<ILookup<string,
    VpsAssignment>> FindAsync(IReadOnlyCollection<string> vpsIds, CancellationToken cancellationToken = default)
    {
        var found = vpsIds.Count == 0 ? [] : await assignments.ListAsync(vpsIds, cancellationToken);
        return found.ToLookup(a => a.VpsId, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<VpsAssignments>> AssignAsync(
        Actor actor, string vpsId, IReadOnlyCollection<long> userIds, IReadOnlyCollection<long> groupIds,
        CancellationToken cancellationToken = default)
    {
        if (Refuse(actor, vpsId) is { } refusal)
        {
            return refusal;
        }

        if (!await IsKnownAsync(vpsId, cancellationToken))
        {
            return Unknown;
        }

        var fault = new FieldFaults()
            .Add(Fields.UserIds, userIds.Count + groupIds.Count == 0 ? "Name at least one user or group." : null)
            .Add(Fields.UserIds, userIds.Count > MostIds ? new RefusalText("At most {0} at once.", MostIds) : null)
            .Add(Fields.GroupIds, groupIds.Count > MostIds ? new RefusalText("At most {0} at once.", MostIds) : null)
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var now = clock.GetInstant();
        var entry = AuditEntries.By(actor, now, AuditActions.VpsAssign).On("vps", vpsId, vpsId)
            .With($"users [{string.Join(", ", userIds)}], groups [{string.Join(", ", groupIds)}]");
        var status = await assignments.TryAssignAsync(
            vpsId, [.. userIds.Distinct()], [.. groupIds.Distinct()], now, AuthorizedWrite.By(actor, entry), cancellationToken);
        return status switch
        {
            WriteStatus.Done => new VpsAssignments(vpsId, await assignments.ListAsync(vpsId, cancellationToken)),
            WriteStatus.UserMissing => new Refusal(RefusalKind.Hidden, "One of these users does not exist; nothing was assigned."),
            _ => status.OfActor() ?? new Refusal(RefusalKind.Hidden, "One of these groups does not exist; nothing was assigned."),
        };
    }

    /// <inheritdoc />
    public async Task<KohakuResult> UnassignUserAsync(Actor actor, string vpsId, long userId, CancellationToken cancellationToken = default)
    {
        if (Refuse(actor, vpsId) is { } refusal)
        {
            return refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsUnassign).On("vps", vpsId, vpsId).With($"user {userId}");
        return (await assignments.TryUnassignUserAsync(vpsId, userId, AuthorizedWrite.By(actor, entry), cancellationToken))
            .ToOutcome(Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> UnassignGroupAsync(
        Actor actor, string vpsId, long groupId, CancellationToken cancellationToken = default)
    {
        if (Refuse(actor, vpsId) is { } refusal)
        {
            return refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsUnassign).On("vps", vpsId, vpsId).With($"group {groupId}");
        return (await assignments.TryUnassignGroupAsync(vpsId, groupId, AuthorizedWrite.By(actor, entry), cancellationToken))
            .ToOutcome(Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<int>> ForgetVpsAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        // Not looked up in the directory: the instance is already gone there. An invalid id has no assignments.
        if (FieldRules.HostId(vpsId) is not null)
        {
            return Refusals.Hidden;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsForget).On("vps", vpsId, vpsId);
        var forgotten = await assignments.ForgetAsync(vpsId, AuthorizedWrite.By(actor, entry), cancellationToken);
        return forgotten.Status.OfActor() is { } gone ? gone : forgotten.Count;
    }

    private static Refusal? Refuse(Actor actor, string vpsId)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        return !decision.IsAllowed ? decision.Refusal
            : FieldRules.HostId(vpsId) is not null ? Refusals.Hidden
            : null;
    }

    private async Task<bool> IsKnownAsync(string vpsId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetService<IVpsDirectory>();
        return directory is null || await directory.FindAsync(vpsId, cancellationToken) is not null;
    }
}
