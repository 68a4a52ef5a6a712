using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.Stores;

/// <summary>Settings changed at run time, by name; values are text of the services' own form, opaque to the store.</summary>
public interface ISettingsStore : IKohakuStore
{
    /// <summary>All stored values.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken ct);

    /// <summary>Stores the given values; null removes one, so that the configuration's value counts again. Others stay.</summary>
    Task<WriteStatus> WriteAsync(IReadOnlyDictionary<string, string?> values, AuthorizedWrite write, CancellationToken ct);
}
