using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth;

/// <summary>
/// Who may use which VPS instance. Assigning needs <see cref="Permissions.ManageVps"/>; changes are in force on the next request.
/// </summary>
public sealed class VpsAccessService(IVpsAssignmentStore assignments, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int MostIds = 500;

    /// <summary>
    /// Whether the actor may use an instance: assigned directly or through a group, or allowed to manage VPS. Otherwise refused as Hidden.
    /// The one call a host needs at its own doors.
    /// </summary>
    public async Task<Decision> CanUseAsync(Actor actor, string vpsId, CancellationToken ct = default)
    {
        // The role first: those who manage VPS cost no query.
        var byRole = AccessRules.UseVps(actor, isAssigned: false);
        if (byRole.IsAllowed || actor.Id is not { } userId || FieldRules.HostId(vpsId) is not null)
        {
            return byRole;
        }

        return AccessRules.UseVps(actor, await assignments.IsAssignedAsync(vpsId, userId, ct));
    }

    /// <summary>The ids of the instances assigned to the actor, directly or through a group. Refusals: Forbidden (no account).</summary>
    public async Task<Outcome<VpsIds>> ListOwnAsync(Actor actor, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        return decision.IsAllowed ? new VpsIds(await assignments.ListVpsOfUserAsync(actor.Id!.Value, ct)) : decision.Refusal;
    }

    /// <summary>
    /// The ids of the instances assigned to a user, directly or through a group. Needs <see cref="Permissions.ManageVps"/>; empty for a user
    /// who is not there.
    /// </summary>
    public async Task<Outcome<VpsIds>> ListOfUserAsync(Actor actor, long userId, CancellationToken ct = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        return decision.IsAllowed ? new VpsIds(await assignments.ListVpsOfUserAsync(userId, ct)) : decision.Refusal;
    }

    /// <summary>The assignments of an instance, oldest first. Refusals: Forbidden, Hidden (the host has no such instance).</summary>
    public async Task<Outcome<VpsAssignments>> ListAsync(Actor actor, string vpsId, CancellationToken ct = default)
    {
        if (await RefuseAsync(actor, vpsId, ct) is { } refusal)
        {
            return refusal;
        }

        return new VpsAssignments(vpsId, await assignments.ListAsync(vpsId, ct));
    }

    /// <summary>
    /// The assignments of many instances at once, for the host's own lists; asks for no permission. At most 10 000 ids.
    /// </summary>
    public async Task<ILookup<string, VpsAssignment>> FindAsync(IReadOnlyCollection<string> vpsIds, CancellationToken ct = default)
    {
        var found = vpsIds.Count == 0 ? [] : await assignments.ListAsync(vpsIds, ct);
        return found.ToLookup(a => a.VpsId, StringComparer.Ordinal);
    }

    /// <summary>
    /// Gives an instance to users and groups, all or nothing; those who have it keep it. Refusals: Invalid (nobody named, too many),
    /// Forbidden, Hidden (unknown instance, user or group).
    /// </summary>
    public async Task<Outcome<VpsAssignments>> AssignAsync(
        Actor actor, string vpsId, IReadOnlyCollection<long> userIds, IReadOnlyCollection<long> groupIds, CancellationToken ct = default)
    {
        if (await RefuseAsync(actor, vpsId, ct) is { } refusal)
        {
            return refusal;
        }

        var fault = new FieldFaults()
            .Add("user_ids", userIds.Count + groupIds.Count == 0 ? "Name at least one user or group." : null)
            .Add("user_ids", userIds.Count > MostIds ? $"At most {MostIds} at once." : null)
            .Add("group_ids", groupIds.Count > MostIds ? $"At most {MostIds} at once." : null)
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var now = clock.GetInstant();
        var entry = AuditEntries.By(actor, now, AuditActions.VpsAssign).On("vps", vpsId, vpsId)
            .With($"users [{string.Join(", ", userIds)}], groups [{string.Join(", ", groupIds)}]");
        var status = await assignments.TryAssignAsync(vpsId, [.. userIds.Distinct()], [.. groupIds.Distinct()], now, AuthorizedWrite.By(actor, entry), ct);
        return status switch
        {
            WriteStatus.Done => new VpsAssignments(vpsId, await assignments.ListAsync(vpsId, ct)),
            WriteStatus.UserMissing => new Refusal(RefusalKind.Hidden, "One of these users does not exist; nothing was assigned."),
            _ => status.OfActor() ?? new Refusal(RefusalKind.Hidden, "One of these groups does not exist; nothing was assigned."),
        };
    }

    /// <summary>Takes an instance from a user. What they have through a group stays. Refusals: Forbidden, Hidden.</summary>
    public async Task<Outcome<Unit>> UnassignUserAsync(Actor actor, string vpsId, long userId, CancellationToken ct = default)
    {
        if (await RefuseAsync(actor, vpsId, ct) is { } refusal)
        {
            return refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsUnassign).On("vps", vpsId, vpsId).With($"user {userId}");
        return (await assignments.TryUnassignUserAsync(vpsId, userId, AuthorizedWrite.By(actor, entry), ct)).ToOutcome(Refusals.Hidden);
    }

    /// <summary>Takes an instance from a group. Refusals: Forbidden, Hidden.</summary>
    public async Task<Outcome<Unit>> UnassignGroupAsync(Actor actor, string vpsId, long groupId, CancellationToken ct = default)
    {
        if (await RefuseAsync(actor, vpsId, ct) is { } refusal)
        {
            return refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsUnassign).On("vps", vpsId, vpsId).With($"group {groupId}");
        return (await assignments.TryUnassignGroupAsync(vpsId, groupId, AuthorizedWrite.By(actor, entry), ct)).ToOutcome(Refusals.Hidden);
    }

    /// <summary>
    /// Forgets all assignments of an instance that is gone, so that a later one of the same id inherits nothing; gives how many. The host
    /// calls it when it deletes an instance. Needs <see cref="Permissions.ManageVps"/>; use <see cref="Actor.Host"/> for the host itself.
    /// </summary>
    public async Task<Outcome<int>> ForgetVpsAsync(Actor actor, string vpsId, CancellationToken ct = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        // Not asked of the directory: the instance is gone there by now. What is no id at all has no assignments.
        if (FieldRules.HostId(vpsId) is not null)
        {
            return Refusals.Hidden;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsForget).On("vps", vpsId, vpsId);
        var forgotten = await assignments.ForgetAsync(vpsId, AuthorizedWrite.By(actor, entry), ct);
        return forgotten.Status.OfActor() is { } gone ? gone : forgotten.Count;
    }

    private async Task<Refusal?> RefuseAsync(Actor actor, string vpsId, CancellationToken ct)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (FieldRules.HostId(vpsId) is not null)
        {
            return Refusals.Hidden;
        }

        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetService<IVpsDirectory>();
        return directory is null || await directory.FindAsync(vpsId, ct) is not null
            ? null
            : new Refusal(RefusalKind.Hidden, "There is no such VPS.");
    }
}
