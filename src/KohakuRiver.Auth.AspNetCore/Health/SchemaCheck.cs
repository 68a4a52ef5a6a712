using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Whether the schema matches this version of the library.</summary>
internal sealed class SchemaCheck(KohakuStoreSet stores) : StoreCheck
{
    /// <inheritdoc />
    protected override async Task<HealthCheckResult> AskAsync(HealthStatus failure, CancellationToken cancellationToken) =>
        await stores.CheckSchemaAsync(cancellationToken) switch
    {
        SchemaState.Current => HealthCheckResult.Healthy("The schema matches this version of the library."),
        SchemaState.Older => new HealthCheckResult(
            failure, "The schema is older than this version of the library, or missing: migrate it."),
        SchemaState.Newer => new HealthCheckResult(failure, "The schema is newer than this version of the library: update this instance."),
        _ => HealthCheckResult.Healthy("These stores do not report their schema; it was checked at start."),
    };
}
