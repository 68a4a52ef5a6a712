using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import;

/// <summary>The names that imported accounts had in the old database, from the marks of the import.</summary>
internal sealed class ImportedNames(KohakuStoreSet stores) : IFormerNames
{
    // Nothing is imported into other stores.
    private readonly ImportStore? store = stores is EfStoreSet set ? new ImportStore(set.Database) : null;

    /// <inheritdoc />
    public async Task<PasswordRecord?> FindPasswordAsync(string name, CancellationToken cancellationToken) =>
        store is not null && FormerName.TryRead(name, out var former) ? await store.FindFormerAsync(former, cancellationToken) : null;
}
