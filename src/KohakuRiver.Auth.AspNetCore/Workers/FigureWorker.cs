using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Reads the figures of the meter that only the database knows, while somebody listens.</summary>
internal sealed class FigureWorker(FigureService figures, TimeProvider clock, ILogger<FigureWorker> logger)
    : PeriodicWorker(FigureService.RefreshEvery, clock, logger)
{
    protected override Task RunOnceAsync(CancellationToken ct) => figures.RefreshAsync(ct);
}
