using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>What has to be true before the first request: a coherent set of stores, a fitting schema, a way to the first admin.</summary>
public sealed class StartupService(
    KohakuStoreSet stores, SetupService setup, DeploymentService deployment, IOptions<KohakuAuthOptions> options,
    ILogger<StartupService> logger)
{
    /// <summary>
    /// Checks the stores, makes them ready, and gives the set-up code when the first admin is still to be made and no register secret is
    /// configured; null otherwise. Called once at start, before the host listens.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stores of the set do not share a transaction, or the schema does not fit.</exception>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    public async Task<SecretText?> StartAsync(CancellationToken ct = default)
    {
        CheckStores();
        await stores.InitializeAsync(ct);
        await deployment.ReadAsync(ct);
        if (!options.Value.Enabled)
        {
            logger.AuthenticationIsOff();
        }

        return await setup.RenewCodeAsync(ct);
    }

    private void CheckStores()
    {
        var domain = stores.Accounts.TransactionDomain;
        var strangers = stores.All.Where(s => !ReferenceEquals(s.Value.TransactionDomain, domain)).Select(s => s.Key).ToList();
        if (strangers.Count > 0)
        {
            throw new InvalidOperationException(
                $"The stores of {stores.GetType().Name} do not share a transaction: {string.Join(", ", strangers)} write elsewhere than Accounts. "
                + "A verb that spans them could be half done. Use one set of stores for one database.");
        }
    }
}
