namespace KohakuRiver.Auth.Stores;

/// <summary>Settings changed at run time, by name; values are text in a form of the services, opaque to the store.</summary>
public interface ISettingsStore : IKohakuStore
{
    /// <summary>All stored values.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores the values passed; null removes one, so that the configuration's value applies again. Others stay.</summary>
    Task<WriteStatus> WriteAsync(IReadOnlyDictionary<string, string?> values, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// The stored value of a name; where there is none, stores <paramref name="value"/> and returns that. Of parallel callers, on any
    /// number of hosts, one stores and all get the same. Writes no audit entry: for what the library records for itself, once.
    /// </summary>
    Task<string> GetOrAddAsync(string name, string value, CancellationToken cancellationToken);
}
