using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IUserCredentialService" />
internal sealed class UserCredentialService(IUserStore users, ISessionStore sessions, ICodeStore codes, TimeProvider clock)
    : IUserCredentialService
{
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(24);

    // It lets nobody into what was somebody's already, and newcomers are not always there on the day.
    internal static readonly TimeSpan FirstLifetime = TimeSpan.FromDays(7);

    /// <inheritdoc />
    public async Task<KohakuResult<OwnSessions>> ListSessionsAsync(Actor actor, long userId, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await FindOwnerAsync(actor, userId, cancellationToken);
        return target is null
            ? refusal!
            : new OwnSessions(
                await sessions.ListAsync(userId, clock.GetInstant(), cancellationToken),
                actor.OwnSessionId);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> EndSessionAsync(Actor actor, long userId, long sessionId, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await FindOwnerAsync(actor, userId, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.SessionEnd)
            .On("session", sessionId, null)
            .With($"of {target.Username}");
        return (
            await sessions.TryEndAsync(sessionId, userId, AuthorizedWrite.By(actor, entry), cancellationToken)).ToOutcome(Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<int>> EndSessionsAsync(Actor actor, long userId, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await FindOwnerAsync(actor, userId, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.SessionEndAll).On(target);
        var ended = await sessions.EndAllAsync(userId, null, AuthorizedWrite.By(actor, entry), cancellationToken);
        return ended.Status.OfActor() is { } gone ? gone : ended.Count;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<CreatedCode>> CreateResetCodeAsync(
        Actor actor, long userId, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await users.FindManagedAsync(actor, userId, AccessRules.ResetPassword, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        var isFirst = await users.FindPasswordAsync(userId, cancellationToken) is { HasPassword: false };
        var now = clock.GetInstant();
        var secret = SecretGenerator.Create(SecretKind.PasswordReset);
        var code = new OneUseCode
        {
            Hash = secret.Hash(),
            Purpose = CodePurpose.PasswordReset,
            User = new UserRef(target.Id, target.Username),
            ExpiresAt = now + (isFirst ? FirstLifetime : ResetLifetime),
        };
        var entry = AuditEntries.By(actor, now, AuditActions.UserResetLink).On(target);
        var status = await codes.TryReplaceAsync(code, AuthorizedWrite.By(actor, entry), cancellationToken);
        return status == WriteStatus.Done ? new CreatedCode(secret, code.ExpiresAt) : status.OfActor() ?? Refusals.Hidden;
    }

    private async Task<(User? Owner, Refusal? Refusal)> FindOwnerAsync(Actor actor, long userId, CancellationToken cancellationToken)
    {
        // The rule comes before the look-up, so that the answer does not reveal whether an id exists.
        var decision = AccessRules.SeeCredentialsOf(actor, userId);
        return !decision.IsAllowed ? (null, decision.Refusal)
            : await users.FindAsync(userId, cancellationToken) is { } owner ? (owner, null)
            : (null, Refusals.Hidden);
    }
}
