using KohakuRiver.Auth;
using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Import;
using KohakuRiver.Auth.Stores;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The import of an original KohakuRiver host's database.</summary>
public static class ImportServiceProviderExtensions
{
    /// <summary>
    /// Imports the accounts of an original KohakuRiver host, with groups, tokens, invitations and VPS assignments, in one transaction.
    /// Existing data is not changed, so running it again changes nothing; what has been deleted since an earlier run does not
    /// come back. For operators of the host, not for callers of its API: it takes no actor. The host may be running or not; a schema
    /// that is missing or older is migrated first, where the stores are configured to do that at start.
    /// </summary>
    /// <param name="services">The host's services; <c>AddKohakuRiverImport()</c> must have been called on its builder.</param>
    /// <param name="path">The old host's SQLite file. It is only read, and the old host may be running.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">A cancelled import has happened entirely or not at all.</param>
    /// <returns>The result for each row. Rows that cannot be imported are listed there; they are not a failure.</returns>
    /// <exception cref="ImportSourceException">
    /// The file does not exist, cannot be read, is not a KohakuRiver database, or has no user, or several, with one of the old names in
    /// <see cref="ImportOptions.Renames"/>. The host's own database is untouched then.
    /// </exception>
    /// <exception cref="ArgumentException">A new name in <see cref="ImportOptions.Renames"/> is not valid.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The database is unavailable, or others keep creating the same accounts. Nothing was imported.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Something is missing: <c>AddKohakuRiverImport()</c>, stores of Entity Framework Core (<c>UseSqlite</c>, <c>UsePostgreSql</c>), an
    /// <see cref="IVpsDirectory"/> where <see cref="ImportOptions.KnownVpsOnly"/> is set, an <see cref="IImportedTaskStore"/> where
    /// <see cref="ImportOptions.Tasks"/> is, or, for a dry run, a schema that is up to date.
    /// </exception>
    public static async Task<ImportReport> ImportKohakuRiverAsync(
        this IServiceProvider services, string path, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var gate = services.GetService<ImportedTokenGate>() ?? throw new InvalidOperationException(
            "The import is not registered in this host: call AddKohakuRiverImport() on the builder returned by AddKohakuAuth().");
        var stores = services.GetRequiredService<KohakuStoreSet>();
        if (stores is not EfStoreSet set)
        {
            throw new InvalidOperationException(
                $"An import writes through Entity Framework Core, and this host keeps its data in {stores.GetType()}. "
                + "Choose UseSqlite(…) or UsePostgreSql(…), or stores derived from theirs.");
        }

        var service = new ImportService(set, gate, services.GetRequiredService<TimeProvider>());
        options ??= new ImportOptions();
        CheckNames(options);
        await using var scope = services.CreateAsyncScope();
        var surroundings = new ImportSurroundings(
            options.KnownVpsOnly ? await ListVpsAsync(scope.ServiceProvider, cancellationToken) : null,
            options.Tasks ? TasksOf(scope.ServiceProvider) : null);
        return await service.RunAsync(path, options, surroundings, cancellationToken);
    }

    private static void CheckNames(ImportOptions options)
    {
        foreach (var (old, wish) in options.Renames)
        {
            if (FieldRules.Username(wish) is { } invalid)
            {
                throw new ArgumentException($"The new name for \"{old}\" is not valid: {invalid}", nameof(options));
            }
        }
    }

    private static IImportedTaskStore TasksOf(IServiceProvider services) =>
        services.GetService<IImportedTaskStore>() ?? throw new InvalidOperationException(
            $"This host has nowhere to keep the history of tasks: register an {nameof(IImportedTaskStore)}.");

    private static async Task<IReadOnlySet<string>> ListVpsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var directory = services.GetService<IVpsDirectory>() ?? throw new InvalidOperationException(
            "This host does not tell which VPS it has, so assignments of others cannot be left out: call AddVpsDirectory<T>() on the "
            + "builder returned by AddKohakuAuth().");
        return (await directory.ListAsync(cancellationToken)).Select(v => v.VpsId).ToHashSet(StringComparer.Ordinal);
    }
}
