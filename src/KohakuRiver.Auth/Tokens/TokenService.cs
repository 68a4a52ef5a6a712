using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>API tokens: one's own for everybody, everybody's for those who manage users.</summary>
public sealed class TokenService(ITokenStore tokens, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    private const int LongestHours = 24 * 365 * 10;

    /// <summary>
    /// Makes a token for the actor. Made through a token it dies with its maker at the latest: with its expiry and its
    /// revocation. Refusals: Invalid (<c>name</c>, <c>expires_at</c>, <c>expires_hours</c>), Forbidden (no account), Conflict (too many).
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="expiresAt">When it dies; null = does not expire. Not together with <paramref name="expiresHours"/>.</param>
    /// <param name="expiresHours">In how many hours it dies, 1 to 87 600.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<CreatedToken>> CreateAsync(
        Actor actor, string? name, DateTimeOffset? expiresAt, int? expiresHours, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var now = clock.GetInstant();
        var fault = new FieldFaults()
            .Add("name", FieldRules.TokenName(name))
            .Add("expires_at", expiresAt is not null && expiresHours is not null ? "Send expires_at or expires_hours, not both." : null)
            .Add("expires_at", expiresAt <= now ? "Must lie in the future." : null)
            .Add("expires_at", expiresAt > now.AddHours(LongestHours) ? "Must lie within ten years." : null)
            .Add("expires_hours", expiresHours is < 1 or > LongestHours ? $"Must be a whole number from 1 to {LongestHours}." : null)
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
        var result = await tokens.TryCreateAsync(token, AuthorizedWrite.By(actor, entry), ct);
        return result.IsDone ? new CreatedToken(result.Value, secret)
            : result.Status == WriteStatus.LimitReached
                ? new Refusal(RefusalKind.Conflict, $"You hold {token.Limit} tokens, which is the most allowed. Revoke one first.")
            : result.Status.OfActor() ?? Refusals.Unauthenticated;
    }

    /// <summary>A page of one's own tokens, newest first.</summary>
    public async Task<Outcome<Page<ApiToken>>> ListOwnAsync(Actor actor, PageRequest page, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        return decision.IsAllowed ? await tokens.ListAsync(actor.Id, page, ct) : decision.Refusal;
    }

    /// <summary>
    /// A page of one user's tokens, or of everybody's when <paramref name="userId"/> is null, newest first. Others' need
    /// <see cref="Permissions.ManageUsers"/>.
    /// </summary>
    public async Task<Outcome<Page<ApiToken>>> ListAsync(Actor actor, long? userId, PageRequest page, CancellationToken ct = default)
    {
        if (userId is not null && userId == actor.Id)
        {
            return await ListOwnAsync(actor, page, ct);
        }

        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        return decision.IsAllowed ? await tokens.ListAsync(userId, page, ct) : decision.Refusal;
    }

    /// <summary>
    /// Revokes a token, and those made with it; the very next request with any of them is refused. Refusals: Hidden (not there, or
    /// another's and the actor does not manage users).
    /// </summary>
    public async Task<Outcome<Unit>> RevokeAsync(Actor actor, long id, CancellationToken ct = default)
    {
        var known = AccessRules.RequireRole(actor, Role.Viewer);
        if (!known.IsAllowed)
        {
            return known.Refusal;
        }

        if (await tokens.FindAsync(id, ct) is not { } token)
        {
            return Refusals.Hidden;
        }

        var decision = AccessRules.SeeCredentialsOf(actor, token.Owner.Id);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.TokenRevoke).On("token", token.Id, token.Name).With($"of {token.Owner.Username}");
        return (await tokens.TryRevokeAsync(id, AuthorizedWrite.By(actor, entry), ct)).ToOutcome(Refusals.Hidden);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;
}
