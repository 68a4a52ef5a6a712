using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <summary>Removes what has expired, every 15 minutes.</summary>
internal sealed class PruningWorker(Pruning maintenance, TimeProvider clock, ILogger<PruningWorker> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(15), clock, logger)
{
    protected override Task RunOnceAsync(CancellationToken cancellationToken) => maintenance.PruneAsync(cancellationToken);
}
