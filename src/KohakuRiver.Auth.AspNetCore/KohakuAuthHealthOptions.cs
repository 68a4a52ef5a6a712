using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// How the health checks of KohakuRiver.Auth are registered; set in code with <c>AddHealthChecks().AddKohakuAuth(o => …)</c>.
/// </summary>
public sealed class KohakuAuthHealthOptions
{
    /// <summary>
    /// The prefix of the names. Default <c>kohaku_auth</c>, for <c>kohaku_auth_database</c>, <c>_schema</c> and <c>_deliveries</c>.
    /// </summary>
    public string NamePrefix { get; set; } = "kohaku_auth";

    /// <summary>The tags of all three checks, for selecting them when they are mapped. Default <c>ready</c>.</summary>
    public IList<string> Tags { get; } = ["ready"];

    /// <summary>The status of an unavailable database or of a schema that does not match. Default unhealthy.</summary>
    public HealthStatus FailureStatus { get; set; } = HealthStatus.Unhealthy;

    /// <summary>How long one check may take before it counts as failed. Default 5 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a decision may wait for the host's scheduler before the host is reported as degraded. Default 5 min.</summary>
    public TimeSpan LongestDelivery { get; set; } = TimeSpan.FromMinutes(5);
}
