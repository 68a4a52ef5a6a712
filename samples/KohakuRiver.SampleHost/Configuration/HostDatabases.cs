using System.Text.RegularExpressions;
using KohakuRiver.Auth;
using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KohakuRiver.SampleHost;

/// <summary>Where the data is stored.</summary>
/// <param name="Auth">Connection string of KohakuRiver.Auth.</param>
/// <param name="Host">Connection string of the host's own tables: a sibling file on SQLite, the same database on PostgreSQL.</param>
/// <param name="IsPostgreSql">Whether both are PostgreSQL.</param>
internal sealed partial record HostDatabases(string Auth, string Host, bool IsPostgreSql)
{
    private const string DefaultFile = "kohakuriver.db";

    // Few tasks change at once; the user side's pool needs more connections.
    private const int HostPoolSize = 20;

    /// <summary>
    /// The configured connection string, file path or URL; by default <c>kohakuriver.db</c> in <paramref name="root"/>, to which relative
    /// paths are relative, too, wherever the program was started.
    /// </summary>
    /// <exception cref="SettingsException">The string names neither a SQLite file nor a PostgreSQL database.</exception>
    public static HostDatabases Choose(IConfiguration configuration, string root)
    {
        var given = configuration[FlatNames.AuthDatabaseKey]?.Trim() ?? "";
        return PostgreSqlConnectionString.IsMeant(given) ? PostgreSql(given) : Sqlite(given, root);
    }

    /// <summary>The timeouts for connecting and for statements, where the PostgreSQL string has them.</summary>
    public void BePatient(PostgreSqlStoreOptions options)
    {
        var read = new NpgsqlConnectionStringBuilder(Auth);
        if (read.ShouldSerialize("Timeout"))
        {
            options.ConnectTimeout = TimeSpan.FromSeconds(read.Timeout);
        }

        if (read.ShouldSerialize("Command Timeout"))
        {
            options.CommandTimeout = TimeSpan.FromSeconds(read.CommandTimeout);
        }
    }

    private static HostDatabases PostgreSql(string given)
    {
        try
        {
            given = PostgreSqlConnectionString.Normalize(given);
        }
        catch (FormatException e)
        {
            throw Fault($"cannot be used: {e.Message}");
        }

        var host = new NpgsqlConnectionStringBuilder(given);
        if (string.IsNullOrWhiteSpace(host.Database))
        {
            throw Fault("must name the server and the database, for instance Host=db.example.org;Database=kohaku "
                + "or postgresql://kohaku@db.example.org/kohaku.");
        }

        // The same timeouts as the user side: a database that is down is detected within five seconds.
        host.Timeout = host.ShouldSerialize("Timeout") ? host.Timeout : 2;
        host.CommandTimeout = host.ShouldSerialize("Command Timeout") ? host.CommandTimeout : 3;
        host.MaxPoolSize = host.ShouldSerialize("Maximum Pool Size") ? host.MaxPoolSize : HostPoolSize;
        host.CancellationTimeout = 500;
        host.IncludeErrorDetail = false;
        host.LogParameters = false;
        host.ApplicationName ??= "KohakuRiver.SampleHost";
        return new HostDatabases(given, host.ConnectionString, IsPostgreSql: true);
    }

    private static HostDatabases Sqlite(string given, string root)
    {
        var auth = Read(given.Length == 0 ? DefaultFile : given);
        var source = auth.DataSource;
        if (source.Length == 0 || source[0] == ':' || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || auth.Mode == SqliteOpenMode.Memory)
        {
            throw Fault("must name a file on disk: in-memory databases would lose every user.");
        }

        auth.DataSource = Path.GetFullPath(source, root);
        if (auth.Mode is SqliteOpenMode.ReadWriteCreate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(auth.DataSource)!);
        }

        var host = new SqliteConnectionStringBuilder(auth.ConnectionString) { DataSource = Sibling(auth.DataSource) };
        return new HostDatabases(auth.ConnectionString, host.ConnectionString, IsPostgreSql: false);
    }

    private static string Sibling(string file) =>
        (file.EndsWith(".db", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file) + ".host.db";

    private static SqliteConnectionStringBuilder Read(string given)
    {
        try
        {
            return SourceKey().IsMatch(given)
                ? new SqliteConnectionStringBuilder(given)
                : new SqliteConnectionStringBuilder { DataSource = given };
        }
        catch (ArgumentException e)
        {
            throw Fault($"is not a SQLite connection string: {e.Message}");
        }
    }

    // The fault in the connection string; never the string itself, which may contain a password.
    private static SettingsException Fault(string what) => new([$"KOHAKU_AUTH_DB ({FlatNames.AuthDatabaseKey}) {what}"]);

    [GeneratedRegex(
        @"(^|;)\s*(data source|datasource|filename)\s*=",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SourceKey();
}

/// <summary>The chosen engine, for the user side and for the host's own tables.</summary>
internal static class DatabaseChoice
{
    public static KohakuAuthBuilder UseDatabase(this KohakuAuthBuilder builder, HostDatabases databases) => databases.IsPostgreSql
        ? builder.UsePostgreSql(databases.Auth, databases.BePatient)
        : builder.UseSqlite(databases.Auth);

    public static void AddHostTables(this IServiceCollection services, HostDatabases databases)
    {
        services.AddDbContextFactory<HostDbContext>(options => _ = databases.IsPostgreSql
            ? options.UseNpgsql(databases.Host)
            : options.UseSqlite(databases.Host));
        services.AddSingleton<HostEngine>(databases.IsPostgreSql ? new PostgreSqlHostEngine() : new SqliteHostEngine());
        services.AddSingleton<HostDatabase>();
    }
}
