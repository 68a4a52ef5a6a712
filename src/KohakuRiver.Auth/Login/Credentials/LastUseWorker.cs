using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <summary>Writes the collected last-use times, and the remaining ones when the host stops.</summary>
internal sealed class LastUseWorker(LastUse activity, TimeProvider clock, ILogger<LastUseWorker> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(10), clock, logger)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await activity.FlushAsync(cancellationToken);
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => activity.FlushAsync(cancellationToken);
}
