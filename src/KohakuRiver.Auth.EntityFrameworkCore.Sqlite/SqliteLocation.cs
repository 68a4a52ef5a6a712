using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>Where the database file is, and how connections to it are opened.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="ConnectionString">The connection string of connections that require the file to exist.</param>
/// <param name="IsReadOnly">Whether the host requested read-only connections.</param>
/// <param name="HasOrdinaryFiles">
/// Whether SQLite's default file access is used. Others may keep in memory what it keeps next to the database, and an old file may be
/// there.
/// </param>
internal sealed record SqliteLocation(string Path, string ConnectionString, bool IsReadOnly, bool HasOrdinaryFiles)
{
    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="ArgumentException">The connection string does not name a file, or a timeout is not positive.</exception>
    public static SqliteLocation From(SqliteStoreOptions options)
    {
        if (options.BusyTimeout <= TimeSpan.Zero || options.BusyTimeout > TimeSpan.FromHours(1))
        {
            throw new ArgumentException("BusyTimeout must be above zero and at most an hour.", nameof(options));
        }

        if (options.WriteQueueTimeout <= TimeSpan.Zero || options.WriteQueueTimeout > TimeSpan.FromHours(1))
        {
            throw new ArgumentException("WriteQueueTimeout must be above zero and at most an hour.", nameof(options));
        }

        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
#pragma warning disable MA0054 // The provider's own message repeats parts of the string, which may hold a password.
            throw new ArgumentException("The SQLite connection string cannot be read.", nameof(options));
#pragma warning restore MA0054
        }

        var source = builder.DataSource;
        if (source.Length == 0 || source == ":memory:" || builder.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException(
                "The SQLite connection string must name a file (Data Source=…). In-memory databases are not supported; tests use the "
                    + "in-memory stores of KohakuRiver.Auth.Testing or a temporary file.",
                nameof(options));
        }

        // Somebody wrote "Data Source=" before a whole connection string: there would be a new, empty file of that name.
        if (source.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase)
            || source.StartsWith("DataSource=", StringComparison.OrdinalIgnoreCase)
            || source.StartsWith("Filename=", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                "The SQLite connection string names its file twice: \"Data Source=\" stands in it two times.", nameof(options));
        }

        if (source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("The SQLite connection string must name a plain path, not a file: address.", nameof(options));
        }

        var path = FullPath(source);
        builder.DataSource = path;

        // Created by InitializeAsync and never by a connection: a file that disappears under a running host must be an
        // outage, not an empty database.
        builder.Mode = builder.Mode == SqliteOpenMode.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite;

        // Connections that share a cache fail at once instead of waiting for each other.
        builder.Cache = SqliteCacheMode.Default;
        builder.DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds));
        return new SqliteLocation(path, builder.ToString(), builder.Mode == SqliteOpenMode.ReadOnly, string.IsNullOrEmpty(builder.Vfs));
    }

    // The same rules as the provider's, applied once, so that all use the same file whatever the current directory is later.
    private static string FullPath(string source)
    {
        const string placeholder = "|DataDirectory|";
        var dataDirectory = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? AppDomain.CurrentDomain.BaseDirectory;
        var path = source.StartsWith(placeholder, StringComparison.OrdinalIgnoreCase)
            ? System.IO.Path.Combine(dataDirectory, source[placeholder.Length..].TrimStart('/', '\\'))
            : source;
        path = System.IO.Path.GetFullPath(path);
        return File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
    }
}
