using KohakuRiver.Auth;
using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the PostgreSQL stores.</summary>
public static class PostgreSqlKohakuAuthBuilderExtensions
{
    /// <summary>
    /// Keeps everything in one PostgreSQL database, whose tables are created and migrated at the start of the host; the
    /// database itself must exist. Several hosts may share it. A further call replaces the earlier one, and any other
    /// stores chosen before.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">
    /// The connection string, for instance <c>Host=db.example.org;Database=kohaku;Username=kohaku;Password=…;SSL Mode=VerifyFull</c>, or
    /// the same as a URL: <c>postgresql://kohaku:…@db.example.org/kohaku?sslmode=verify-full</c>.
    /// </param>
    /// <param name="configure">Further options; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The connection string cannot be read or names no server, or an option is out of range.
    /// </exception>
    public static KohakuAuthBuilder UsePostgreSql(
        this KohakuAuthBuilder builder, string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionString);
        var options = new PostgreSqlStoreOptions { ConnectionString = connectionString };
        configure?.Invoke(options);
        return Use(builder, options);
    }

    /// <summary>
    /// The same over the host's own pool, which remains the host's: see <see cref="PostgreSqlStoreOptions.DataSource"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The data source includes error details or logs parameters.</exception>
    public static KohakuAuthBuilder UsePostgreSql(this KohakuAuthBuilder builder, NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        return Use(builder, new PostgreSqlStoreOptions { DataSource = dataSource });
    }

    /// <summary>
    /// The same with options that the container helps to create, for instance a pool registered by <c>AddNpgsqlDataSource</c> or by Aspire:
    /// <c>UsePostgreSql(services => new() { DataSource = services.GetRequiredService&lt;NpgsqlDataSource&gt;() })</c>. Called once, when
    /// the stores are first needed; options that are wrong fail the start of the host then.
    /// </summary>
    public static KohakuAuthBuilder UsePostgreSql(this KohakuAuthBuilder builder, Func<IServiceProvider, PostgreSqlStoreOptions> options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.UseStores(services => new PostgreSqlStoreSet(options(services)));
    }

    private static KohakuAuthBuilder Use(KohakuAuthBuilder builder, PostgreSqlStoreOptions options)
    {
        // A mistake is reported here, not at the first request.
        _ = PostgreSqlConnectionString.From(options);
        return builder.UseStores(_ => new PostgreSqlStoreSet(options));
    }
}
