using System.Diagnostics.Metrics;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Keeps the metrics that only the database knows: a collection returns what was read last and never waits for the database.
/// Values that are too old are left out of a collection.
/// </summary>
/// <remarks>A background service refreshes it every <see cref="RefreshEvery"/>.</remarks>
internal sealed class MetricsSampler
{
    // Several rounds may fail before the values are left out.
    private static readonly TimeSpan TrueFor = RefreshEvery * 5;

    private readonly IApprovalStore approvals;
    private readonly ISessionStore sessions;
    private readonly TimeProvider clock;
    private readonly ObservableInstrument<int> pending;
    private readonly ObservableInstrument<int> undelivered;
    private readonly ObservableInstrument<double> oldest;
    private readonly ObservableInstrument<int> active;
    private volatile Figures? last;

    public MetricsSampler(AuthMetrics metrics, HashingQueue queue, IApprovalStore approvals, ISessionStore sessions, TimeProvider clock)
    {
        this.approvals = approvals;
        this.sessions = sessions;
        this.clock = clock;
        metrics.Count(Instruments.HashQueue, () => [new(queue.Waiting)]);
        pending = metrics.Count(Instruments.ApprovalsPending, () => Tell(f => f.Pending));
        undelivered = metrics.Count(Instruments.DeliveriesUndelivered, () => Tell(f => f.Backlog?.Count));
        oldest = metrics.Gauge(Instruments.DeliveriesOldestAge, () => Tell<double>(f => f.Backlog is { } backlog ? AgeOf(backlog) : null));
        active = metrics.Count(Instruments.SessionsActive, () => Tell(f => f.Sessions));
    }

    /// <summary>How often the values are read: every 15 seconds.</summary>
    public static TimeSpan RefreshEvery => TimeSpan.FromSeconds(15);

    /// <summary>Reads what is listened to; nothing without a listener.</summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable. Earlier values stay for a while.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        if (!pending.Enabled && !undelivered.Enabled && !oldest.Enabled && !active.Enabled)
        {
            last = null;
            return;
        }

        var readAt = clock.GetTimestamp();
        last = new Figures(
            pending.Enabled ? await approvals.CountPendingAsync(cancellationToken) : null,
            undelivered.Enabled || oldest.Enabled ? await approvals.ReadBacklogAsync(cancellationToken) : null,
            active.Enabled ? await sessions.CountAsync(clock.GetInstant(), cancellationToken) : null,
            readAt);
    }

    private IEnumerable<Measurement<T>> Tell<T>(Func<Figures, T?> figure)
        where T : struct =>
        last is { } known && clock.GetElapsedTime(known.ReadAt) < TrueFor && figure(known) is { } value ? [new Measurement<T>(value)] : [];

    // Grows with every collection, even while the backlog cannot be read.
    private double AgeOf(DeliveryBacklog backlog) =>
        backlog.OldestDecidedAt is { } decided ? Math.Max(0, (clock.GetInstant() - decided).TotalSeconds) : 0;

    private sealed record Figures(int? Pending, DeliveryBacklog? Backlog, int? Sessions, long ReadAt);
}
