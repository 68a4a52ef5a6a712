using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// What must hold before the first request: one type for each thing plugged in, a coherent set of stores, a matching schema.
/// </summary>
internal sealed class StartupService(
    KohakuStoreSet stores, UsedStores used, DeploymentService deployment, IEnumerable<PlugConflict> conflicts,
    IOptions<KohakuAuthOptions> options, ILogger<StartupService> logger)
{
    /// <summary>
    /// Checks and prepares the stores. Called once at start, before anything uses them.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Something was plugged in twice, a store was replaced that others are bound to, or the schema does not match.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        PluggedTypes.Check(conflicts);
        CheckStores();
        await stores.InitializeAsync(cancellationToken);
        await deployment.ReadAsync(cancellationToken);
        if (!options.Value.Enabled)
        {
            logger.AuthenticationIsOff();
        }
    }

    // The services take the stores one by one from the container, where a host could have put another one over the set's.
    private void CheckStores()
    {
        if ((StoreBonds.FindFault(stores, stores.All) ?? StoreBonds.FindFault(stores, used.All)) is { } fault)
        {
            throw new InvalidOperationException(fault);
        }
    }
}
