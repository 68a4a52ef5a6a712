using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Secrets;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Services;

/// <summary>
/// Turns a credential into an <see cref="Actor"/>: one look-up, then the pure rules. A store that does not answer is an
/// exception, never an anonymous or accepted caller. Looking is no activity; see <see cref="ActivityTracker"/>.
/// </summary>
public sealed class CredentialService
{
    private readonly ISessionStore sessions;
    private readonly ITokenStore tokens;
    private readonly ImportedTokenGate gate;
    private readonly SettingsService settings;
    private readonly AttemptThrottle throttle;
    private readonly AuditService audit;
    private readonly KohakuAuthOptions options;
    private readonly TimeProvider clock;

    // Addresses whose minute is used up, so that a right guess does not stand out from the wrong ones beyond the limit.
    private readonly ConcurrentDictionary<string, DateTimeOffset> shutUntil = new(StringComparer.Ordinal);

    internal CredentialService(
        ISessionStore sessions, ITokenStore tokens, ImportedTokenGate gate, SettingsService settings, AttemptThrottle throttle, AuditService audit,
        IOptions<KohakuAuthOptions> options, TimeProvider clock)
    {
        this.sessions = sessions;
        this.tokens = tokens;
        this.gate = gate;
        this.settings = settings;
        this.throttle = throttle;
        this.audit = audit;
        this.options = options.Value;
        this.clock = clock;
    }

    /// <summary>The actor of a session secret; null when it is malformed, unknown, ended, expired, idle, or its user is disabled.</summary>
    public async Task<Actor?> FindSessionActorAsync(string secret, string? address, CancellationToken ct = default)
    {
        if (!SecretText.TryParse(SecretKind.Session, secret, out var parsed)
            || await sessions.FindAsync(parsed.Hash(), ct) is not { } record)
        {
            return null;
        }

        return await ToActorAsync(record, address, ct);
    }

    /// <summary>The actor of an API token; null when it is malformed, unknown, revoked, expired, or its user is disabled.</summary>
    public async Task<Actor?> FindTokenActorAsync(string secret, string? address, CancellationToken ct = default)
    {
        if (await gate.HashAsync(secret, ct) is not { } hash || await tokens.FindAsync(hash, ct) is not { } record)
        {
            return null;
        }

        return await ToActorAsync(record, address, ct);
    }

    /// <summary>
    /// The actor <c>_system</c> when <paramref name="sent"/> is a configured master secret. Compared in constant time; wrong ones are
    /// throttled per address and audited.
    /// </summary>
    public async Task<Outcome<Actor>> CheckMasterSecretAsync(string sent, string? address, CancellationToken ct = default)
    {
        var now = clock.GetInstant();
        var key = address is null ? null : AttemptThrottle.Bucket(address);
        if (key is not null && shutUntil.TryGetValue(key, out var until) && now < until)
        {
            return new Refusal(RefusalKind.Throttled, "Too many wrong secrets from your address.") { RetryAfter = until - now };
        }

        if (Matches(sent, options.AdminSecret) | Matches(sent, options.AdminSecretPrevious))
        {
            return Actor.Host with { Kind = ActorKind.MasterSecret, Address = address };
        }

        var (refusal, _) = await throttle.TryTakeAsync("master", address, options.Throttling.MasterSecretFailuresPerMinute, ct);
        if (refusal is not null)
        {
            if (key is not null)
            {
                if (shutUntil.Count > 10_000)
                {
                    shutUntil.Clear();
                }

                shutUntil[key] = now + (refusal.RetryAfter ?? TimeSpan.Zero);
            }

            return refusal;
        }

        var entry = AuditEntries.By(Actor.Anonymous with { Address = address }, now, AuditActions.MasterSecret)
            .Ended(AuditOutcome.Failure, "wrong master secret");
        await audit.RecordAsync(entry);
        return Refusals.Unauthenticated;
    }

    /// <summary>
    /// Compares with a configured secret without telling by the time how much of it was right: both sides are hashed to
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

    private async ValueTask<Actor?> ToActorAsync(CredentialRecord record, string? address, CancellationToken ct)
    {
        var idle = record.Session is null ? TimeSpan.Zero : (await settings.GetEffectiveAsync(ct)).SessionIdleTimeout;
        return CredentialRules.Check(record, clock.GetInstant(), idle) == CredentialState.Good
            ? CredentialRules.ToActor(record, address)
            : null;
    }
}
