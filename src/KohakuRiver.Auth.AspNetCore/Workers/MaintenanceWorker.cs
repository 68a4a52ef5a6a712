using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Removes what is past its time, every quarter of an hour.</summary>
internal sealed class MaintenanceWorker(MaintenanceService maintenance, TimeProvider clock, ILogger<MaintenanceWorker> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(15), clock, logger)
{
    protected override Task RunOnceAsync(CancellationToken ct) => maintenance.PruneAsync(ct);
}
