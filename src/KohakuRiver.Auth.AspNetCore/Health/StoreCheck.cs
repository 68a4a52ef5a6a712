using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// A health check of the stores. It ends in time whatever they do, and says in its own words what is wrong: an exception's message may
/// name servers and files.
/// </summary>
internal abstract class StoreCheck : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Some stores read synchronously, and some connections ignore cancellation.
            return await Task.Run(() => AskAsync(context.Registration.FailureStatus, cancellationToken), CancellationToken.None)
                .WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The database did not answer in time.");
        }
        catch (StoreUnavailableException e)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The database is unavailable.", e);
        }
#pragma warning disable CA1031 // Whatever it is, its message is for the log and not for callers of the health endpoint.
        catch (Exception e)
#pragma warning restore CA1031 // End of the reason above.
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The check failed. The host's log says why.", e);
        }
    }

    /// <summary>Runs the check, which reports a fault as <paramref name="failure"/>.</summary>
    protected abstract Task<HealthCheckResult> AskAsync(HealthStatus failure, CancellationToken cancellationToken);
}
