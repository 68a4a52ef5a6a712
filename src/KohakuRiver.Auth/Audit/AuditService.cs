using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IAuditService" />
internal sealed class AuditService(IAuditStore audit, AuthMetrics metrics, TimeProvider clock, ILogger<AuditService> logger) : IAuditService
{
    // A client that is refused in a loop must not fill the disk: beyond this many per minute, its refusals are only logged.
    private const int RefusalsPerMinute = 60;
    private const int ReadsPerMinute = 600;
    private const int MostWatched = 10_000;

    private readonly ConcurrentDictionary<(string Who, string Action), (long Minute, int Count)> recent = new();
    private readonly ConcurrentDictionary<(string Who, string What), long> reads = new();
    private long sweptMinute;
    private long readMinute;

    /// <inheritdoc />
    public async Task<KohakuResult<Page<AuditEntry>>> ListAsync(
        Actor actor, AuditQuery query, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ViewAudit);
        return decision.IsAllowed ? await audit.ListAsync(query, cancellationToken) : decision.Refusal;
    }

    /// <inheritdoc />
    public KohakuResult<AuditExport> Export(
        Actor actor, AuditQuery query, string? format = null, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ViewAudit);
        return decision.IsAllowed ? new AuditExport(RecordAndStreamAsync(actor, query, format, cancellationToken)) : decision.Refusal;
    }

    /// <inheritdoc />
    public Task RecordAsync(
        Actor actor,
        string action,
        string? targetType = null,
        string? target = null,
        string? detail = null,
        CancellationToken cancellationToken = default) =>
        audit.AppendAsync(
            AuditEntries.By(actor, clock.GetInstant(), action)
                .On(targetType ?? "", target, target)
                .With(detail) with { TargetType = targetType },
            cancellationToken);

    /// <inheritdoc />
    public Task RecordRefusalAsync(Actor actor, string action, string? targetType = null, string? target = null, string? detail = null) =>
        RecordAsync(AuditEntries.By(actor, clock.GetInstant(), action).On(targetType ?? "", (string?)null, target)
            .With(detail) with { TargetType = targetType, Outcome = AuditOutcome.Refused });

    /// <inheritdoc />
    public async Task RecordMasterReadAsync(Actor actor, string what)
    {
        var now = clock.GetInstant();
        if (IsNewsOfMinute(AttemptThrottle.Bucket(actor.Address ?? ""), what, now))
        {
            var entry = AuditEntries.By(actor, now, AuditActions.MasterSecretRead).On("endpoint", (string?)null, what);
            await RecordAsync(entry, ReadsPerMinute);
        }
    }

    internal async Task RecordAsync(AuditEntry entry, int mostPerMinute = RefusalsPerMinute)
    {
        if (!MayWrite(entry, mostPerMinute))
        {
            metrics.AuditUnwritten(UnwrittenReason.RateLimited);
            logger.AuditSuppressed(entry.Action, entry.Actor, entry.IpAddress);
            return;
        }

        try
        {
            await audit.AppendAsync(entry, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            metrics.AuditUnwritten(UnwrittenReason.Error);
            logger.AuditNotWritten(entry.Action, entry.Actor, e);
        }
    }

    private async IAsyncEnumerable<AuditEntry> RecordAndStreamAsync(
        Actor actor, AuditQuery query, string? format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.AuditExport).On("audit", (string?)null, null)
            .With(Describe(query, format));
        await audit.AppendAsync(entry, cancellationToken);
        await foreach (var found in audit.StreamAsync(query, cancellationToken))
        {
            yield return found;
        }
    }

    private static string Describe(AuditQuery query, string? format)
    {
        var parts = new (string Name, string? Value)[]
        {
            ("actor", query.Actor), ("action", query.Action), ("target", query.Target), ("outcome", query.Outcome?.ToName()),
            ("from", query.From?.ToString("O", CultureInfo.InvariantCulture)),
            ("to", query.To?.ToString("O", CultureInfo.InvariantCulture)),
        };
        var filter = string.Join(", ", parts.Where(p => p.Value is not null).Select(p => $"{p.Name} {p.Value}"));
        return string.Join("; ", new[] { format, filter.Length == 0 ? "everything" : filter }.OfType<string>());
    }

    private bool IsNewsOfMinute(string who, string what, DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref readMinute, minute) != minute || reads.Count >= MostWatched)
        {
            reads.Clear();
        }

        return reads.TryAdd((who, what), minute);
    }

    private bool MayWrite(AuditEntry entry, int mostPerMinute)
    {
        var minute = entry.At.ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref sweptMinute, minute) != minute)
        {
            foreach (var old in recent.Where(r => r.Value.Minute != minute))
            {
                recent.TryRemove(old);
            }
        }

        var key = (entry.ActorId is null ? AttemptThrottle.Bucket(entry.IpAddress ?? "") : entry.Actor, entry.Action);
        if (entry.ActorId is null && recent.Count >= MostWatched && !recent.ContainsKey(key))
        {
            // A flood from more networks than are tracked: tracked ones keep their count, the rest waits for the next minute.
            return false;
        }

        var now = recent.AddOrUpdate(key, (minute, 1), (_, old) => old.Minute == minute ? (minute, old.Count + 1) : (minute, 1));
        return now.Count <= mostPerMinute;
    }
}
