namespace KohakuRiver.Auth;

/// <summary>The system settings: what is in force, and changing what is safe to change at run time.</summary>
public interface ISettingsService
{
    /// <summary>
    /// Which deployment this process belongs to: all hosts over one database are one deployment. Eight lower-case letters and digits,
    /// created with the database and kept for as long as it lives; a copy of a database carries the id of its original. Not a secret: it
    /// keeps apart what deployments on one host name would otherwise share, such as cookies.
    /// </summary>
    /// <exception cref="InvalidOperationException">The host has not started yet, so the stores have not been read.</exception>
    string DeploymentId { get; }

    /// <summary>The settings in force; at most a second old. Holds no secret.</summary>
    ValueTask<EffectiveSettings> GetEffectiveAsync(CancellationToken cancellationToken = default);

    /// <summary>The settings in force. Needs <see cref="Permissions.ManageSettings"/>.</summary>
    Task<KohakuResult<EffectiveSettings>> GetAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes settings, all or nothing; they override the configuration from then on, here at once and on every instance within a
    /// second. Needs <see cref="Permissions.ManageSettings"/>.
    /// </summary>
    Task<KohakuResult<EffectiveSettings>> UpdateAsync(Actor actor, SettingsChange change, CancellationToken cancellationToken = default);
}
