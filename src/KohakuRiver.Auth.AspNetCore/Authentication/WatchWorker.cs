using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Checks periodically whether those who opened the watched connections may still keep them.</summary>
/// <remarks>
/// The loop of the core's background services once more. It is internal there, and a source file compiled into both would give one type two
/// documentations, on which the generator of ASP.NET Core's OpenAPI documents fails.
/// </remarks>
internal sealed partial class WatchWorker(
    ActorWatches watches, IOptions<KohakuAuthOptions> options, TimeProvider clock, ILogger<WatchWorker> logger)
    : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Streams.RecheckInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await AskAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await watches.AskAsync(cancellationToken);
        }
#pragma warning disable CA1031 // Whatever went wrong, the next round checks again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031 // End of the reason above.
        {
            WatchRoundFailed(logger, e);
        }
    }

    [LoggerMessage(2008, LogLevel.Warning, "Checking who may keep their connections failed; the next round checks again")]
    private static partial void WatchRoundFailed(ILogger logger, Exception exception);
}
