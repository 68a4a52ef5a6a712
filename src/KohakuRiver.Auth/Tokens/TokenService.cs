using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="ITokenService" />
internal sealed class TokenService(ITokenStore tokens, IOptions<KohakuAuthOptions> options, TimeProvider clock)
    : ITokenService
{
    private const int LongestHours = 24 * 365 * 10;

    /// <inheritdoc />
    public async Task<KohakuResult<CreatedToken>> CreateAsync(
        Actor actor, CreateTokenCommand command, CancellationToken cancellationToken = default)
    {
        var (name, expiresAt, expiresHours) = (command.Name, command.ExpiresAt, command.ExpiresHours);
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var now = clock.GetInstant();
        var fault = new FieldFaults()
            .Add(nameof(command.Name), FieldRules.TokenName(name))
            .Add(
                nameof(command.ExpiresAt),
                expiresAt is not null && expiresHours is not null ? "Specify a time of expiry or a number of hours, not both." : null)
            .Add(nameof(command.ExpiresAt), expiresAt <= now ? "Must be in the future." : null)
            .Add(nameof(command.ExpiresAt), expiresAt > now.AddHours(LongestHours) ? "Must be within ten years." : null)
            .Add(
                nameof(command.ExpiresHours),
                expiresHours is < 1 or > LongestHours
                    ? new RefusalText("Must be a whole number from {0} to {1}.", 1, LongestHours)
                    : null)
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var isChild = actor.Kind == ActorKind.Token;
        var expiry = expiresAt is { } at ? Instants.Cut(at) : expiresHours is { } hours ? now.AddHours(hours) : (DateTimeOffset?)null;
        var secret = SecretGenerator.Create(SecretKind.ApiToken);
        var token = new NewToken
        {
            UserId = actor.Id!.Value,
            Hash = secret.Hash(),
            Prefix = secret.Prefix,
            Name = name!.Trim(),
            CreatedAt = now,
            ExpiresAt = isChild ? Earlier(expiry, actor.CredentialExpiresAt) : expiry,
            ParentId = isChild ? actor.CredentialId : null,
            Limit = options.Value.Limits.TokensPerUser,
        };
        var entry = AuditEntries.By(actor, now, AuditActions.TokenCreate).On("token", (long?)null, token.Name)
            .With(token.ExpiresAt is { } dies ? $"expires {dies:O}" : "does not expire");
        var result = await tokens.TryCreateAsync(token, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.IsDone ? new CreatedToken(result.Value, secret)
            : result.Status == WriteStatus.LimitReached
                ? new Refusal(
                    RefusalKind.Conflict, new RefusalText("You have {0} tokens, the maximum allowed. Revoke one first.", token.Limit))
            : result.Status.OfActor() ?? Refusals.Unauthenticated;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Page<ApiToken>>> ListOwnAsync(
        Actor actor, PageRequest page, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        return decision.IsAllowed ? await tokens.ListAsync(actor.Id, page, cancellationToken) : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Page<ApiToken>>> ListAsync(
        Actor actor, long? userId, PageRequest page, CancellationToken cancellationToken = default)
    {
        if (userId is not null && userId == actor.Id)
        {
            return await ListOwnAsync(actor, page, cancellationToken);
        }

        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        return decision.IsAllowed ? await tokens.ListAsync(userId, page, cancellationToken) : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult> RevokeAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var known = AccessRules.RequireRole(actor, Role.Viewer);
        if (!known.IsAllowed)
        {
            return known.Refusal;
        }

        if (await tokens.FindAsync(id, cancellationToken) is not { } token)
        {
            return Refusals.Hidden;
        }

        var decision = AccessRules.SeeCredentialsOf(actor, token.Owner.Id);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.TokenRevoke)
            .On("token", token.Id, token.Name)
            .With($"of {token.Owner.Username}");
        return (await tokens.TryRevokeAsync(id, AuthorizedWrite.By(actor, entry), cancellationToken)).ToOutcome(Refusals.Hidden);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;
}
