using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Removes expired rows and content. Correctness never depends on it: what has expired is refused whether or not its
/// row still exists.
/// </summary>
internal sealed class Pruning(
    KohakuStoreSet stores, ISettingsService settings, IOptions<KohakuAuthOptions> options, TimeProvider clock, ILogger<Pruning> logger)
{
    private static readonly TimeSpan CountersKept = TimeSpan.FromHours(1);

    /// <summary>
    /// Removes expired sessions, tokens, invitations, codes, throttle counters, and audit entries and approvals' content beyond their
    /// retention.
    /// </summary>
    public async Task PruneAsync(CancellationToken cancellationToken = default)
    {
        using var activity = Activities.Prune.Start();
        try
        {
            var removed = await RemoveAsync(cancellationToken);
            activity?.SetTag(Activities.Removed, removed);
        }
        catch (Exception e) when (activity.Fail(e))
        {
            throw;
        }
    }

    private async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var idle = (await settings.GetEffectiveAsync(cancellationToken)).SessionIdleTimeout;
        var retention = options.Value.Retention;
        var before = now - retention.ExpiredCredentials;
        var sessions = await stores.Sessions.PruneAsync(now, idle > TimeSpan.Zero ? now - idle : null, cancellationToken);
        var tokens = await stores.Tokens.PruneAsync(before, cancellationToken);
        var invitations = await stores.Invitations.PruneAsync(before, cancellationToken);
        // As long as its row exists, an expired code is recognized and does not count as a guess.
        var codes = await stores.Codes.PruneAsync(before, cancellationToken);
        var counters = await stores.Throttle.PruneAsync(now - CountersKept, cancellationToken);
        var entries = retention.AuditEntries > TimeSpan.Zero
            ? await stores.Audit.PruneAsync(now - retention.AuditEntries, cancellationToken)
            : 0;
        var contents = retention.ApprovalContent > TimeSpan.Zero
            ? await stores.Approvals.RemoveContentAsync(now - retention.ApprovalContent, cancellationToken)
            : 0;
        logger.Pruned(sessions, tokens, invitations, codes, counters, entries);
        logger.ContentRemoved(contents);
        return sessions + tokens + invitations + codes + counters + entries + contents;
    }
}
