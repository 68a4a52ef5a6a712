using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.SampleHost.Configuration;

/// <summary>Where the data lies: the user side's database, and the host's own tables in a sibling file.</summary>
/// <param name="Auth">Connection string of KohakuRiver.Auth.</param>
/// <param name="Host">Connection string of the host's own tables.</param>
internal sealed record HostDatabases(string Auth, string Host)
{
    private const string DefaultFile = "kohakuriver.db";

    /// <summary>
    /// The configured connection string or file path; by default <c>kohakuriver.db</c> in <paramref name="root"/>, from which relative
    /// paths count too, wherever the program was started.
    /// </summary>
    /// <exception cref="SettingsException">Not a SQLite file.</exception>
    public static HostDatabases Choose(IConfiguration configuration, string root)
    {
        var auth = Read(configuration[FlatNames.AuthDatabaseKey]?.Trim());
        auth.DataSource = Path.GetFullPath(auth.DataSource, root);
        if (auth.Mode is SqliteOpenMode.ReadWriteCreate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(auth.DataSource)!);
        }

        var host = new SqliteConnectionStringBuilder(auth.ConnectionString) { DataSource = Sibling(auth.DataSource) };
        return new HostDatabases(auth.ConnectionString, host.ConnectionString);
    }

    private static string Sibling(string file) =>
        (file.EndsWith(".db", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file) + ".host.db";

    private static SqliteConnectionStringBuilder Read(string? given)
    {
        if (string.IsNullOrEmpty(given))
        {
            return new SqliteConnectionStringBuilder { DataSource = DefaultFile };
        }

        var parts = Split(given);
        if (IsPostgreSql(given, parts))
        {
            throw Fault("names a PostgreSQL database: the PostgreSQL package is not part of this build yet. Give a SQLite file.");
        }

        if (parts is null || !parts.Keys.Cast<string>().Any(k => k is "data source" or "datasource" or "filename"))
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

    private static bool IsPostgreSql(string given, DbConnectionStringBuilder? parts) =>
        given.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || given.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        || (parts is not null && (parts.ContainsKey("host") || parts.ContainsKey("server")));

    // Null: not of the form key=value; then it is a path.
    private static DbConnectionStringBuilder? Split(string given)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = given };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static SettingsException Fault(string what) => new([$"KOHAKU_AUTH_DB ({FlatNames.AuthDatabaseKey}) {what}"]);
}
