using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <summary>Removes what is past its time, every quarter of an hour.</summary>
internal sealed class PruningWorker(Pruning maintenance, TimeProvider clock, ILogger<PruningWorker> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(15), clock, logger)
{
    protected override Task RunOnceAsync(CancellationToken cancellationToken) => maintenance.PruneAsync(cancellationToken);
}
