using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <summary>Reads the metrics that only the database knows, while somebody listens.</summary>
internal sealed class MetricsWorker(MetricsSampler figures, TimeProvider clock, ILogger<MetricsWorker> logger)
    : PeriodicWorker(MetricsSampler.RefreshEvery, clock, logger)
{
    protected override Task RunOnceAsync(CancellationToken cancellationToken) => figures.RefreshAsync(cancellationToken);
}
