using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Delivers the decisions that a crash or a failing scheduler left, at start and from then on.</summary>
internal sealed class DeliveryWorker(
    ApprovalDelivery delivery, IOptions<KohakuAuthOptions> options, TimeProvider clock, ILogger<DeliveryWorker> logger)
    : PeriodicWorker(options.Value.Delivery.PollInterval, clock, logger)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        while (await delivery.DeliverDueAsync(ct) > 0)
        {
            // As long as there is something due; what failed is due later.
        }
    }
}
