using System.Security.Cryptography;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Which deployment this process belongs to: all hosts over one database are one deployment. The id is made with the database, stays for as
/// long as the database does, and is no secret. It keeps apart what deployments on one host name would otherwise share, such as cookies.
/// </summary>
/// <remarks>A copy of a database carries the id of its original.</remarks>
internal sealed class DeploymentService(ISettingsStore settings)
{
    private const string Key = "deployment_id";
    private const int Length = 8;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private volatile string? id;

    /// <summary>Eight lower-case letters and digits.</summary>
    /// <exception cref="InvalidOperationException"><see cref="StartupService.StartAsync"/> has not run.</exception>
    public string Id => id ?? throw new InvalidOperationException(
        "The deployment is known once the host has started.");

    /// <summary>Reads the id, and makes it where the database has none yet. Of hosts that start side by side all get the same.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    internal async Task ReadAsync(CancellationToken cancellationToken) =>
        id = await settings.GetOrAddAsync(Key, RandomNumberGenerator.GetString(Letters, Length), cancellationToken);
}
