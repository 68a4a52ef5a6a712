using System.Security.Cryptography;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Which deployment this process belongs to: all hosts over one database are one deployment. The id is created with the database, stays for
/// as long as the database does, and is no secret. It keeps apart what deployments on one host name would otherwise share, such as cookies.
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
        "The deployment is only known after the host has started.");

    /// <summary>
    /// Reads the id, and creates it where the database has none yet. Hosts that start at the same time all get the same id.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal async Task ReadAsync(CancellationToken cancellationToken) =>
        id = await settings.GetOrAddAsync(Key, RandomNumberGenerator.GetString(Letters, Length), cancellationToken);
}
