using KohakuRiver.Auth;
using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the SQLite stores.</summary>
public static class SqliteKohakuAuthBuilderExtensions
{
    /// <summary>
    /// Keeps everything in one SQLite file, which is created and migrated at the start of the host. A further call
    /// replaces the earlier one, and any other stores chosen before.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">The connection string, for instance <c>Data Source=/var/lib/app/kohakuriver.db</c>; the directory
    /// must exist.</param>
    /// <param name="configure">Further options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The connection string does not name a file, or an option is out of range.</exception>
    public static KohakuAuthBuilder UseSqlite(
        this KohakuAuthBuilder builder, string connectionString, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionString);
        var options = new SqliteStoreOptions { ConnectionString = connectionString };
        configure?.Invoke(options);

        // A mistake is reported here, not at the first request.
        _ = SqliteLocation.From(options);
        return builder.UseStores(_ => new SqliteStoreSet(options));
    }

    /// <summary>
    /// The same with options that the container helps to create, for instance from the host's own options:
    /// <c>UseSqlite(services => new() { ConnectionString = services.GetRequiredService&lt;IConfiguration&gt;()["Database"]! })</c>. Called
    /// once, when the stores are first needed; options that are wrong fail the start of the host then.
    /// </summary>
    public static KohakuAuthBuilder UseSqlite(this KohakuAuthBuilder builder, Func<IServiceProvider, SqliteStoreOptions> options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.UseStores(services => new SqliteStoreSet(options(services)));
    }
}
