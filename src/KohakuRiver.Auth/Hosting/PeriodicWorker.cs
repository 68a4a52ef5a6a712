using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <summary>
/// Repeats one piece of work. A round that fails is logged and the next one tries again: a worker never ends
/// the process.
/// </summary>
internal abstract class PeriodicWorker(TimeSpan interval, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>One round.</summary>
    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunSafelyAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task RunSafelyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever failed, the next round tries again.
        catch (Exception e)
#pragma warning restore CA1031 // End of the reason above.
        {
            logger.RoundFailed(GetType().Name, e);
        }
    }
}
