using KohakuRiver.Auth;
using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>The chosen engine, for the user side and for the host's own tables.</summary>
internal static class DatabaseChoice
{
    public static KohakuAuthBuilder UseDatabase(this KohakuAuthBuilder builder, HostDatabases databases) => databases.IsPostgreSql
        ? builder.UsePostgreSql(databases.Auth, BePatient)
        : builder.UseSqlite(databases.Auth);

    public static void AddHostTables(this IServiceCollection services, HostDatabases databases)
    {
        services.AddDbContextFactory<HostDbContext>(options => _ = databases.IsPostgreSql
            ? options.UseNpgsql(databases.Host)
            : options.UseSqlite(databases.Host));
        services.AddSingleton<HostEngine>(databases.IsPostgreSql ? new PostgreSqlHostEngine() : new SqliteHostEngine());
        services.AddSingleton<HostDatabase>();
    }

    // The library takes these from its options, not from the string.
    private static void BePatient(PostgreSqlStoreOptions options)
    {
        var (connect, command) = PostgreSqlStrings.Patience(options.ConnectionString);
        options.ConnectTimeout = connect ?? options.ConnectTimeout;
        options.CommandTimeout = command ?? options.CommandTimeout;
    }
}
