using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IInvitationService" />
internal sealed class InvitationService(
    IInvitationStore invitations, ISettingsService settings, IOptions<KohakuAuthOptions> options, TimeProvider clock)
    : IInvitationService
{
    private const int MostUses = 10_000;
    private const int LongestHours = 720;

    /// <inheritdoc />
    public async Task<KohakuResult<CreatedInvitation>> CreateAsync(
        Actor actor, CreateInvitationCommand command, CancellationToken cancellationToken = default)
    {
        var (role, groupId, maxUses, expiresHours) = (command.Role, command.GroupId, command.MaxUses, command.ExpiresHours);
        var decision = AccessRules.Invite(actor, role);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var fault = new FieldFaults()
            .Add(
                nameof(command.MaxUses),
                maxUses is < 1 or > MostUses ? new RefusalText("Must be a whole number from {0} to {1}.", 1, MostUses) : null)
            .Add(
                nameof(command.ExpiresHours),
                expiresHours is < 1 or > LongestHours
                    ? new RefusalText("Must be a whole number from {0} to {1} (30 days).", 1, LongestHours)
                    : null)
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var now = clock.GetInstant();
        var lifetime = expiresHours is { } hours
            ? TimeSpan.FromHours(hours)
            : (await settings.GetEffectiveAsync(cancellationToken)).InvitationLifetime;
        var secret = SecretGenerator.Create(SecretKind.Invitation);
        var invitation = new NewInvitation
        {
            Hash = secret.Hash(),
            Prefix = secret.Prefix,
            Role = role,
            GroupId = groupId,
            MaxUses = maxUses,
            ExpiresAt = now + lifetime,
            CreatedById = actor.Id,
            CreatedBy = actor.Username,
            CreatedAt = now,
            Limit = options.Value.Limits.OpenInvitations,
        };
        var entry = AuditEntries.By(actor, now, AuditActions.InvitationCreate).On("invitation", (long?)null, invitation.Prefix)
            .With($"role {role.ToName()}, uses {maxUses}, expires {invitation.ExpiresAt:O}{(groupId is null ? "" : $", group {groupId}")}");
        var result = await invitations.TryCreateAsync(invitation, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.Status switch
        {
            WriteStatus.Done => new CreatedInvitation(result.Value!, secret),
            WriteStatus.GroupMissing => Refusals.NoSuchGroup(nameof(command.GroupId)),
            WriteStatus.LimitReached => new Refusal(
                RefusalKind.Conflict,
                new RefusalText("There are {0} open invitations, the maximum allowed. Revoke some first.", invitation.Limit)),
            var lost => lost.OfActor() ?? Refusals.Unauthenticated,
        };
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Page<Invitation>>> ListAsync(
        Actor actor, PageRequest page, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.CreateInvitations);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var seesAll = AccessRules.Decide(actor, Permissions.ManageUsers).IsAllowed;
        return await invitations.ListAsync(seesAll ? null : actor.Id, page, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> RevokeAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var create = AccessRules.Decide(actor, Permissions.CreateInvitations);
        if (!create.IsAllowed)
        {
            return create.Refusal;
        }

        if (await invitations.FindAsync(id, cancellationToken) is not { } invitation)
        {
            return Refusals.Hidden;
        }

        var decision = AccessRules.RevokeInvitation(actor, invitation);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.InvitationRevoke)
            .On("invitation", invitation.Id, invitation.Prefix);
        return (await invitations.TryRevokeAsync(id, AuthorizedWrite.By(actor, entry), cancellationToken)).ToOutcome(Refusals.Hidden);
    }
}
