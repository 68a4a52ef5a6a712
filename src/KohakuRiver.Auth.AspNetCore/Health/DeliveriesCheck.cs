using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Whether decisions reach the host's scheduler within <paramref name="longest"/>. Where they do not, people can still log in and decide:
/// degraded, never worse.
/// </summary>
internal sealed class DeliveriesCheck(IApprovalStore approvals, TimeProvider clock, TimeSpan longest) : StoreCheck
{
    /// <inheritdoc />
    protected override async Task<HealthCheckResult> AskAsync(HealthStatus failure, CancellationToken cancellationToken)
    {
        var backlog = await approvals.ReadBacklogAsync(cancellationToken);
        var age = backlog.OldestDecidedAt is { } decided ? clock.GetInstant() - decided : TimeSpan.Zero;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["undelivered"] = backlog.Count,
            ["oldest_age_seconds"] = Math.Max(0, Math.Floor(age.TotalSeconds)),
        };
        return age > longest
            ? HealthCheckResult.Degraded(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The scheduler has not accepted {backlog.Count} decision(s), the oldest for {age.TotalMinutes:0} minutes."),
                data: data)
            : HealthCheckResult.Healthy("Decisions reach the scheduler.", data);
    }
}
