using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Delivers the decisions that a crash or a failing scheduler left. Idle in a process without an <see cref="ITaskApprovalHandler"/>: a
/// program that runs next to the host would take decisions from the one that can act on them.
/// </summary>
internal sealed class DeliveryWorker(
    ApprovalDelivery delivery, IServiceProviderIsService services, IOptions<KohakuAuthOptions> options, TimeProvider clock,
    ILogger<DeliveryWorker> logger)
    : PeriodicWorker(options.Value.Delivery.PollInterval, clock, logger)
{
    private readonly bool hasHandler = services.IsService(typeof(ITaskApprovalHandler));

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (hasHandler && await delivery.DeliverDueAsync(cancellationToken) > 0)
        {
            // As long as there is something due; what failed is due later.
        }
    }
}
