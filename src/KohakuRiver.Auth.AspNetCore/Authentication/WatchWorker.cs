using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Asks now and then whether those who opened the connections that are watched may still have them.</summary>
internal sealed class WatchWorker(
    ActorWatches watches, IOptions<KohakuAuthOptions> options, TimeProvider clock, ILogger<WatchWorker> logger)
    : PeriodicWorker(options.Value.Streams.RecheckInterval, clock, logger)
{
    protected override Task RunOnceAsync(CancellationToken ct) => watches.AskAsync(ct);
}
