using System.Collections.Concurrent;
using KohakuRiver.Auth.Diagnostics;
using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.Services;

/// <summary>Reads the audit log, and records what no other write carries: refusals and failures.</summary>
public sealed class AuditService
{
    // A client that is refused in a loop must not fill the disk: beyond this many a minute its refusals are only logged.
    private const int RefusalsPerMinute = 60;
    private const int MostWatched = 10_000;

    private readonly ConcurrentDictionary<(string Who, string Action), (long Minute, int Count)> recent = new();
    private readonly IAuditStore audit;
    private readonly AuthMetrics metrics;
    private readonly TimeProvider clock;
    private readonly ILogger<AuditService> logger;
    private long sweptMinute;

    internal AuditService(IAuditStore audit, AuthMetrics metrics, TimeProvider clock, ILogger<AuditService> logger)
    {
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.logger = logger;
    }

    /// <summary>A page of entries, newest first. Needs <see cref="Permissions.ViewAudit"/>.</summary>
    public async Task<Outcome<Page<AuditEntry>>> ListAsync(Actor actor, AuditQuery query, CancellationToken ct = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ViewAudit);
        return decision.IsAllowed ? await audit.ListAsync(query, ct) : decision.Refusal;
    }

    /// <summary>All matching entries, newest first, read as they are consumed. Needs <see cref="Permissions.ViewAudit"/>.</summary>
    public Outcome<AuditExport> Export(Actor actor, AuditQuery query, CancellationToken ct = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ViewAudit);
        return decision.IsAllowed ? new AuditExport(audit.StreamAsync(query, ct)) : decision.Refusal;
    }

    /// <summary>Records an event of the host's own. The database being away is an exception.</summary>
    public Task RecordAsync(Actor actor, string action, string? targetType = null, string? target = null, string? detail = null, CancellationToken ct = default) =>
        audit.AppendAsync(AuditEntries.By(actor, clock.GetInstant(), action).On(targetType ?? "", target, target).With(detail) with { TargetType = targetType }, ct);

    /// <summary>
    /// Records that something was refused. Never throws: the refusal stands whether or not it can be written. At most
    /// 60 a minute for one caller and action are written. Takes no cancellation: whoever hangs up early is recorded like anybody.
    /// </summary>
    public Task RecordRefusalAsync(Actor actor, string action, string? targetType = null, string? target = null, string? detail = null) =>
        RecordAsync(AuditEntries.By(actor, clock.GetInstant(), action).On(targetType ?? "", (string?)null, target)
            .With(detail) with { TargetType = targetType, Outcome = AuditOutcome.Refused });

    internal async Task RecordAsync(AuditEntry entry)
    {
        if (!MayWrite(entry))
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

    private bool MayWrite(AuditEntry entry)
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
            // A flood from more networks than are watched: what is watched keeps its count, the rest waits for the next minute.
            return false;
        }

        var now = recent.AddOrUpdate(key, (minute, 1), (_, old) => old.Minute == minute ? (minute, old.Count + 1) : (minute, 1));
        return now.Count <= RefusalsPerMinute;
    }
}
