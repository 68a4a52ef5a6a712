using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="ICredentialService" />
internal sealed class CredentialService(
    KohakuStoreSet stores, ISessionStore sessions, ITokenStore tokens, IIdentityStore identities, ISettingsService settings,
    AttemptThrottle throttle, LastUse lastUse, AuditService audit, AuthMetrics metrics, IOptions<KohakuAuthOptions> options,
    TimeProvider clock, IForeignTokenHash? foreign = null)
    : ICredentialService
{
    private readonly KohakuAuthOptions options = options.Value;

    // A host that replaced a store outside the set gets no cache: the set's epoch does not cover that store.
    private readonly CredentialCache? cache =
        ReferenceEquals(sessions, stores.Sessions) && ReferenceEquals(tokens, stores.Tokens)
        && ReferenceEquals(identities, stores.Identities) && stores.Changes is { } changes && options.Value.Limits.CachedCredentials > 0
            ? new CredentialCache(changes, options.Value.Limits.CachedCredentials)
            : null;

    /// <inheritdoc />
    public ValueTask<Actor?> FindSessionActorAsync(string secret, string? address, CancellationToken cancellationToken = default) =>
        FindActorAsync(SecretKind.Session, secret, address, isRefreshed: false, cancellationToken);

    /// <inheritdoc />
    public void NoteUse(Actor actor) => lastUse.Note(actor);

    /// <inheritdoc />
    public Task WriteUsesAsync(CancellationToken cancellationToken = default) => lastUse.FlushAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<Actor?> FindTokenActorAsync(string secret, string? address, CancellationToken cancellationToken = default) =>
        FindActorAsync(SecretKind.ApiToken, secret, address, isRefreshed: false, cancellationToken);

    /// <inheritdoc />
    public ValueTask<Actor?> FindIdentityActorAsync(
        IdentityKey identity, string? address, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default) =>
        FindActorAsync(identity, address, expiresAt, isRefreshed: false, cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Actor?>> FindActorsAsync(
        IReadOnlyList<(Actor Before, string Secret)> asked, CancellationToken cancellationToken = default)
    {
        if (cache is not null)
        {
            await cache.RefreshAsync(cancellationToken);
        }

        var found = new Actor?[asked.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var (before, secret) = asked[i];
            found[i] = before.Kind switch
            {
                ActorKind.Session => await FindActorAsync(
                    SecretKind.Session, secret, before.Address, isRefreshed: true, cancellationToken),
                ActorKind.Token => await FindActorAsync(
                    SecretKind.ApiToken, secret, before.Address, isRefreshed: true, cancellationToken),
                ActorKind.External when IdentityKey.TryParse(secret, out var identity) => await FindActorAsync(
                    identity, before.Address, before.CredentialExpiresAt, isRefreshed: true, cancellationToken),
                _ => throw new ArgumentException("Only sessions, tokens and identities can be looked up.", nameof(asked)),
            };
        }

        return found;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<Actor>> CheckMasterSecretAsync(
        string sent, string? address, CancellationToken cancellationToken = default)
    {
        try
        {
            var outcome = await JudgeMasterSecretAsync(sent, address, cancellationToken);
            metrics.AuthenticationEnded(CredentialTag.MasterSecret, CacheOutcome.None, outcome.Refusal?.Kind switch
            {
                null => AuthenticationOutcome.Success,
                RefusalKind.Throttled => AuthenticationOutcome.Throttled,
                _ => AuthenticationOutcome.Rejected,
            });
            return outcome;
        }
        catch (StoreUnavailableException) when (CountOutage(CredentialTag.MasterSecret))
        {
            throw;
        }
    }

    private async Task<KohakuResult<Actor>> JudgeMasterSecretAsync(string sent, string? address, CancellationToken cancellationToken)
    {
        // Before comparing, so that beyond the limit a right guess looks like a wrong one.
        if (throttle.FindShut(AttemptKind.MasterSecret, address) is { } shut)
        {
            return shut;
        }

        if (Matches(sent, options.AdminSecret) | Matches(sent, options.AdminSecretPrevious))
        {
            return Actor.Host with { Kind = ActorKind.MasterSecret, Address = address };
        }

        var (refusal, _) = await throttle.TryTakeAsync(AttemptKind.MasterSecret, address, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var entry = AuditEntries.By(Actor.Anonymous with { Address = address }, clock.GetInstant(), AuditActions.MasterSecret)
            .Ended(AuditOutcome.Failure, "wrong master secret");
        await audit.RecordAsync(entry);
        return Refusals.Unauthenticated;
    }

    /// <summary>
    /// Compares with a configured secret in constant time: both sides are hashed to
    /// one length first. An unset secret matches nothing.
    /// </summary>
    internal static bool Matches(string sent, string? configured)
    {
        Span<byte> left = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(sent), left);
        SHA256.HashData(Encoding.UTF8.GetBytes(configured ?? ""), right);
        return CryptographicOperations.FixedTimeEquals(left, right) && !string.IsNullOrEmpty(configured);
    }

    private async ValueTask<Actor?> FindActorAsync(
        SecretKind kind, string secret, string? address, bool isRefreshed, CancellationToken cancellationToken)
    {
        try
        {
            if (cache is null)
            {
                return await FindUnkeptActorAsync(kind, secret, address, cancellationToken);
            }

            if (!CredentialKey.TryOf(secret, out var key))
            {
                metrics.AuthenticationEnded(ChoiceOf(kind), CacheOutcome.None, AuthenticationOutcome.Rejected);
                return null;
            }

            if ((isRefreshed ? cache.FindRefreshed(key) : await cache.FindAsync(key, cancellationToken)) is { } kept
                && KindOf(kept.Record) == kind)
            {
                switch (await JudgeAsync(kept.Record, cancellationToken))
                {
                    case CredentialState.Good:
                        metrics.AuthenticationEnded(ChoiceOf(kind), CacheOutcome.Hit, AuthenticationOutcome.Success);
                        return kept.ActorFrom(address);
                    case CredentialState.Idle:
                        // Other instances record uses, too, which changes no epoch: only the row knows.
                        break;
                    default:
                        metrics.AuthenticationEnded(ChoiceOf(kind), CacheOutcome.Hit, AuthenticationOutcome.Rejected);
                        return null;
                }
            }

            return await ResolveActorAsync(cache, kind, key, secret, address, cancellationToken);
        }
        catch (StoreUnavailableException) when (CountOutage(ChoiceOf(kind)))
        {
            throw;
        }
    }

    private async ValueTask<Actor?> FindActorAsync(
        IdentityKey identity, string? address, DateTimeOffset? expiresAt, bool isRefreshed, CancellationToken cancellationToken)
    {
        try
        {
            if (!identity.IsValid || clock.GetUtcNow() >= expiresAt)
            {
                metrics.AuthenticationEnded(CredentialTag.Identity, CacheOutcome.None, AuthenticationOutcome.Rejected);
                return null;
            }

            var (found, outcome) = await FindRecordAsync(identity, isRefreshed, cancellationToken);
            var isGood = found is not null && await JudgeAsync(found, cancellationToken) == CredentialState.Good;
            metrics.AuthenticationEnded(
                CredentialTag.Identity, outcome, isGood ? AuthenticationOutcome.Success : AuthenticationOutcome.Rejected);
            return isGood ? CredentialRules.ToActor(found!, address) with { CredentialExpiresAt = expiresAt } : null;
        }
        catch (StoreUnavailableException) when (CountOutage(CredentialTag.Identity))
        {
            throw;
        }
    }

    private async ValueTask<(CredentialRecord? Record, CacheOutcome Outcome)> FindRecordAsync(
        IdentityKey identity, bool isRefreshed, CancellationToken cancellationToken)
    {
        if (cache is null)
        {
            return (await identities.FindAsync(identity, cancellationToken), CacheOutcome.Miss);
        }

        var key = CredentialKey.Of(identity);
        if ((isRefreshed ? cache.FindRefreshed(key) : await cache.FindAsync(key, cancellationToken)) is { Record.Identity: not null } kept)
        {
            return (kept.Record, CacheOutcome.Hit);
        }

        var made = await cache.ResolveAsync(key, () => identities.FindAsync(identity, cancellationToken), cancellationToken);
        return (made?.Record, CacheOutcome.Miss);
    }

    // Separate from the above, which would otherwise allocate the closure at each use of a cached credential.
    private async ValueTask<Actor?> ResolveActorAsync(
        CredentialCache into, SecretKind kind, CredentialKey key, string secret, string? address, CancellationToken cancellationToken)
    {
        if (HashOf(kind, secret) is not { } hash)
        {
            metrics.AuthenticationEnded(ChoiceOf(kind), CacheOutcome.None, AuthenticationOutcome.Rejected);
            return null;
        }

        var entry = await into.ResolveAsync(key, () => LookUpAsync(kind, hash, cancellationToken), cancellationToken);
        var isGood = entry is not null && await JudgeAsync(entry.Record, cancellationToken) == CredentialState.Good;
        metrics.AuthenticationEnded(
            ChoiceOf(kind), CacheOutcome.Miss, isGood ? AuthenticationOutcome.Success : AuthenticationOutcome.Rejected);
        return isGood ? entry!.ActorFrom(address) : null;
    }

    private async ValueTask<Actor?> FindUnkeptActorAsync(
        SecretKind kind, string secret, string? address, CancellationToken cancellationToken)
    {
        if (HashOf(kind, secret) is not { } hash)
        {
            metrics.AuthenticationEnded(ChoiceOf(kind), CacheOutcome.None, AuthenticationOutcome.Rejected);
            return null;
        }

        var found = await LookUpAsync(kind, hash, cancellationToken);
        var isGood = found is not null && await JudgeAsync(found, cancellationToken) == CredentialState.Good;
        metrics.AuthenticationEnded(
            ChoiceOf(kind), CacheOutcome.Miss, isGood ? AuthenticationOutcome.Success : AuthenticationOutcome.Rejected);
        return isGood ? CredentialRules.ToActor(found!, address) : null;
    }

    // For exception filters: counts, and does not catch the exception.
    private bool CountOutage(CredentialTag kind)
    {
        metrics.AuthenticationEnded(kind, CacheOutcome.None, AuthenticationOutcome.Error);
        return false;
    }

    private static CredentialTag ChoiceOf(SecretKind kind) => kind == SecretKind.Session ? CredentialTag.Session : CredentialTag.Token;

    /// <summary>The hash to look up a credential by; null when it cannot be one.</summary>
    private SecretHash? HashOf(SecretKind kind, string secret)
    {
        if (SecretText.TryParse(kind, secret, out var own))
        {
            return own.Hash();
        }

        // A damaged secret of our own is not another system's token.
        if (kind != SecretKind.ApiToken || string.IsNullOrEmpty(secret) || SecretFormat.HasPrefix(secret)
            || foreign?.TryHash(secret, out var hash) != true)
        {
            return null;
        }

        return hash.IsForeign
            ? hash
            : throw new InvalidOperationException(
                $"The hash of a token of another form has {SecretHash.ForeignSize} bytes; see {nameof(IForeignTokenHash)}.");
    }

    private Task<CredentialRecord?> LookUpAsync(SecretKind kind, SecretHash hash, CancellationToken cancellationToken) =>
        kind == SecretKind.Session ? sessions.FindAsync(hash, cancellationToken) : tokens.FindAsync(hash, cancellationToken);

    private static SecretKind? KindOf(CredentialRecord record) =>
        record.Session is not null ? SecretKind.Session : record.Token is not null ? SecretKind.ApiToken : null;

    private async ValueTask<CredentialState> JudgeAsync(CredentialRecord record, CancellationToken cancellationToken)
    {
        var idle = record.Session is null ? TimeSpan.Zero : (await settings.GetEffectiveAsync(cancellationToken)).SessionIdleTimeout;
        return CredentialRules.Check(record, clock.GetInstant(), idle);
    }
}
