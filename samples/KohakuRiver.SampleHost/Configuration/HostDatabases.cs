using Microsoft.Data.Sqlite;

namespace KohakuRiver.SampleHost;

/// <summary>Where the data lies.</summary>
/// <param name="Auth">Connection string of KohakuRiver.Auth.</param>
/// <param name="Host">Connection string of the host's own tables: a sibling file on SQLite, the same database on PostgreSQL.</param>
/// <param name="IsPostgreSql">Whether both are PostgreSQL's.</param>
internal sealed record HostDatabases(string Auth, string Host, bool IsPostgreSql)
{
    private const string DefaultFile = "kohakuriver.db";

    /// <summary>
    /// The configured connection string, file path or URL; by default <c>kohakuriver.db</c> in <paramref name="root"/>, from which relative
    /// paths count too, wherever the program was started.
    /// </summary>
    /// <exception cref="SettingsException">Neither a SQLite file nor a PostgreSQL database.</exception>
    public static HostDatabases Choose(IConfiguration configuration, string root)
    {
        var given = configuration[FlatNames.AuthDatabaseKey]?.Trim() ?? "";
        return PostgreSqlStrings.IsMeant(given)
            ? new HostDatabases(PostgreSqlStrings.ForAuth(given), PostgreSqlStrings.ForHost(given), IsPostgreSql: true)
            : Sqlite(given, root);
    }

    /// <summary>What is wrong with the connection string; never with the string itself where a password may be in it.</summary>
    public static SettingsException Fault(string what) => new([$"KOHAKU_AUTH_DB ({FlatNames.AuthDatabaseKey}) {what}"]);

    private static HostDatabases Sqlite(string given, string root)
    {
        var auth = given.Length == 0 ? new SqliteConnectionStringBuilder { DataSource = DefaultFile } : Read(given);
        auth.DataSource = Path.GetFullPath(auth.DataSource, root);
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
        if (ConnectionParts.Of(given)?.Keys.Cast<string>().Any(k => k is "data source" or "datasource" or "filename") != true)
        {
            return File(new SqliteConnectionStringBuilder { DataSource = given });
        }

        try
        {
            return File(new SqliteConnectionStringBuilder(given));
        }
        catch (ArgumentException e)
        {
            throw Fault($"is not a SQLite connection string: {e.Message}");
        }
    }

    private static SqliteConnectionStringBuilder File(SqliteConnectionStringBuilder builder)
    {
        var source = builder.DataSource;
        return source.Length > 0 && source[0] != ':' && !source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && builder.Mode != SqliteOpenMode.Memory
            ? builder
            : throw Fault("must name a file on disk: databases in memory would forget every user.");
    }
}
