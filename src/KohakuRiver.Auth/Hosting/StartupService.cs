using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// What must hold before the first request: one type for each thing plugged in, a coherent set of stores, a matching schema.
/// </summary>
internal sealed class StartupService(
    KohakuStoreSet stores, DeploymentService deployment, IEnumerable<PlugConflict> conflicts, IOptions<KohakuAuthOptions> options,
    ILogger<StartupService> logger)
{
    /// <summary>
    /// Checks and prepares the stores. Called once at start, before anything uses them.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Something was plugged in twice, the stores of the set do not share a transaction, or the schema does not match.
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

    private void CheckStores()
    {
        var domain = stores.Accounts.TransactionDomain;
        var strangers = stores.All.Where(s => !ReferenceEquals(s.Value.TransactionDomain, domain)).Select(s => s.Key).ToList();
        if (strangers.Count > 0)
        {
            throw new InvalidOperationException(
                $"The stores of {stores.GetType().Name} do not share a transaction: {string.Join(", ", strangers)} do not write where "
                + "Accounts does, so an operation that spans them could be half done. Use one set of stores for one database.");
        }
    }
}
