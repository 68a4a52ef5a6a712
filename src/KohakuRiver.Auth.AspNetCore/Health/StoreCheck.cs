using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// A health check that asks the stores. It ends in time whatever they do, and says in its own words what is wrong: an exception's message
/// may name servers and files.
/// </summary>
internal abstract class StoreCheck : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Some stores read synchronously, and some connections hang whatever they are told.
            return await Task.Run(() => AskAsync(context.Registration.FailureStatus, cancellationToken), CancellationToken.None)
                .WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer in time.");
        }
        catch (StoreUnavailableException e)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.", e);
        }
#pragma warning disable CA1031 // Whatever it is, its message is for the log and not for whoever asks how the host is.
        catch (Exception e)
#pragma warning restore CA1031 // End of the reason above.
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The check failed. The host's log says why.", e);
        }
    }

    /// <summary>Asks, and gives <paramref name="failure"/> for what is found to be wrong.</summary>
    protected abstract Task<HealthCheckResult> AskAsync(HealthStatus failure, CancellationToken cancellationToken);
}
