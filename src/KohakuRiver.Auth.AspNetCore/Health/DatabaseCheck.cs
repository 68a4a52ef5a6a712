using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Whether the database answers a small query.</summary>
internal sealed class DatabaseCheck(IUserStore users) : StoreCheck
{
    /// <inheritdoc />
    protected override async Task<HealthCheckResult> AskAsync(HealthStatus failure, CancellationToken cancellationToken)
    {
        await users.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy("The database is available.");
    }
}
