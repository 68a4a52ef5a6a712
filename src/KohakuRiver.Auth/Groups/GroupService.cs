using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IGroupService" />
internal sealed class GroupService(IGroupStore groups, IUserStore users, TimeProvider clock)
    : IGroupService
{
    /// <inheritdoc />
    public async Task<KohakuResult<Page<Group>>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ListUsers);
        return decision.IsAllowed ? await groups.ListAsync(page, cancellationToken) : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Group>> GetAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ListUsers);
        return decision.IsAllowed ? await groups.FindAsync(id, cancellationToken) is { } group ? group : Refusals.Hidden : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Group>> CreateAsync(
        Actor actor, CreateGroupCommand command, CancellationToken cancellationToken = default)
    {
        var (name, description, tier, limits) = (command.Name, command.Description, command.Tier, command.Limits);
        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (Check(name, nameNeeded: true, description, tier, limits) is { } fault)
        {
            return fault;
        }

        var now = clock.GetInstant();
        var group = new NewGroup(
            name!.Trim(), description?.Trim() ?? "", tier ?? 0, limits ?? new Dictionary<string, long>(StringComparer.Ordinal), now);
        var entry = AuditEntries.By(actor, now, AuditActions.GroupCreate).On("group", (long?)null, group.Name);
        var result = await groups.TryCreateAsync(group, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.IsDone ? result.Value : result.Status.OfActor() ?? Refusals.GroupNameTaken;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Group>> UpdateAsync(
        Actor actor, UpdateGroupCommand command, CancellationToken cancellationToken = default)
    {
        var id = command.Id;
        var change = command.ToChange();
        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if ((Check(change.Name, nameNeeded: false, change.Description, change.Tier, change.Limits) ?? CheckLimits(change)) is { } fault)
        {
            return fault;
        }

        if (change.SetLimits is { Count: > 0 })
        {
            var group = await groups.FindAsync(id, cancellationToken);
            if (group is null)
            {
                return Refusals.Hidden;
            }

            // Two concurrent changes may exceed the bound a little; it exists to keep groups readable.
            if (FieldRules.LimitsText(change.ApplyTo(group.Limits)) is { } tooMany)
            {
                return Refusal.Field(nameof(UpdateGroupCommand.SetLimits), tooMany);
            }
        }

        var clean = change with { Name = change.Name?.Trim(), Description = change.Description?.Trim() };
        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.GroupUpdate).On("group", id, clean.Name);
        var result = await groups.TryUpdateAsync(id, clean, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.IsDone ? result.Value
            : result.Status == WriteStatus.NameTaken ? Refusals.GroupNameTaken
            : result.Status.OfActor() ?? Refusals.Hidden;
    }

    /// <inheritdoc />
    public async Task<KohakuResult> DeleteAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (await groups.FindAsync(id, cancellationToken) is not { } group)
        {
            return Refusals.Hidden;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.GroupDelete).On("group", id, group.Name);
        return (await groups.TryDeleteAsync(id, AuthorizedWrite.By(actor, entry), cancellationToken)).ToOutcome(Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Page<UserDetails>>> ListMembersAsync(
        Actor actor, long id, UserQuery query, CancellationToken cancellationToken = default)
    {
        var group = await GetAsync(actor, id, cancellationToken);
        return group.IsSuccess ? await users.ListAsync(query with { GroupId = id }, clock.GetInstant(), cancellationToken) : group.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult> AddMemberAsync(Actor actor, long id, long userId, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.GroupMemberAdd).On("group", id, null).With($"user {userId}");
        var status = await groups.TryAddMemberAsync(id, userId, AuthorizedWrite.By(actor, entry), cancellationToken);
        return status.ToOutcome(new Refusal(
            RefusalKind.Hidden, status == WriteStatus.UserMissing ? "There is no such user." : "There is no such group."));
    }

    /// <inheritdoc />
    public async Task<KohakuResult> RemoveMemberAsync(Actor actor, long id, long userId, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.GroupMemberRemove).On("group", id, null).With($"user {userId}");
        return (
            await groups.TryRemoveMemberAsync(id, userId, AuthorizedWrite.By(actor, entry), cancellationToken)).ToOutcome(Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<EffectiveLimit>> GetLimitsAsync(long userId, CancellationToken cancellationToken = default)
    {
        var ofUser = await groups.ListOfUserAsync(userId, cancellationToken);
        return QuotaRules.Combine(ofUser);
    }

    private static Refusal? CheckLimits(GroupChange change) =>
        new FieldFaults()
            .Add(
                nameof(change.SetLimits),
                change.Limits is not null && change.SetLimits is not null
                    ? new RefusalText("Specify either all limits, or which to set and to remove.")
                    : FieldRules.LimitsText(change.SetLimits))
            .Add(
                nameof(change.RemoveLimits),
                change.Limits is not null && change.RemoveLimits is not null ? "Specify either all limits, or which to set and to remove."
                : change.RemoveLimits?.Any(string.IsNullOrEmpty) == true ? "The name of a limit to remove must not be empty."
                : change.RemoveLimits?.Intersect(change.SetLimits?.Keys ?? [], StringComparer.Ordinal)
                    .Any() == true ? "A limit cannot be both set and removed."
                : change.RemoveLimits?.Count > FieldRules.LimitsMaximum ? "At most 50 limits." : null)
            .ToRefusal();

    private static Refusal? Check(
        string? name, bool nameNeeded, string? description, int? tier, IReadOnlyDictionary<string, long>? limits) =>
        new FieldFaults()
            .Add(nameof(CreateGroupCommand.Name), name is null && !nameNeeded ? null : FieldRules.GroupName(name))
            .Add(nameof(CreateGroupCommand.Description), FieldRules.FreeText(description))
            .Add(
                nameof(CreateGroupCommand.Tier),
                tier is < -1_000_000 or > 1_000_000 ? "Must be a whole number from -1000000 to 1000000." : null)
            .Add(nameof(CreateGroupCommand.Limits), FieldRules.LimitsText(limits))
            .ToRefusal();
}
