using Npgsql;

namespace KohakuRiver.SampleHost;

/// <summary>
/// PostgreSQL databases as people name them: Npgsql's <c>Host=…;Database=…</c> or a URL as other tools take it. Faults never repeat what was
/// given, because a password may be in it.
/// </summary>
internal static class PostgreSqlStrings
{
    // Few tasks move at once; the user side's pool is the one that needs room.
    private const int HostPoolSize = 20;

    private const string ConnectKey = "Timeout";
    private const string CommandKey = "Command Timeout";

    // The parameters of libpq's URLs that say how to reach and trust the server.
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["passfile"] = "Passfile",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
    };

    public static bool IsMeant(string given) =>
        IsUrl(given) || (ConnectionParts.Of(given) is { } parts && (parts.ContainsKey("host") || parts.ContainsKey("server")));

    /// <exception cref="SettingsException">Not a connection string, or it lacks the server or the database.</exception>
    public static string ForAuth(string given) => Read(given).ConnectionString;

    /// <summary>How long to wait for a connection and for a statement, where the string says it; null for the usual.</summary>
    public static (TimeSpan? Connect, TimeSpan? Command) Patience(string connectionString)
    {
        var read = new NpgsqlConnectionStringBuilder(connectionString);
        return (
            read.ShouldSerialize(ConnectKey) ? TimeSpan.FromSeconds(read.Timeout) : null,
            read.ShouldSerialize(CommandKey) ? TimeSpan.FromSeconds(read.CommandTimeout) : null);
    }

    /// <summary>The same database for the host's own tables, with the user side's patience: a database that is down is known within five seconds.</summary>
    /// <exception cref="SettingsException">Not a connection string, or it lacks the server or the database.</exception>
    public static string ForHost(string given)
    {
        var host = Read(given);
        var (connect, command) = Patience(host.ConnectionString);
        host.Timeout = (int)(connect ?? TimeSpan.FromSeconds(2)).TotalSeconds;
        host.CommandTimeout = (int)(command ?? TimeSpan.FromSeconds(3)).TotalSeconds;
        host.CancellationTimeout = 500;
        host.IncludeErrorDetail = false;
        host.LogParameters = false;
        host.ApplicationName ??= "KohakuRiver.SampleHost";
        if (!host.ShouldSerialize("Maximum Pool Size"))
        {
            host.MaxPoolSize = HostPoolSize;
        }

        return host.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder Read(string given)
    {
        NpgsqlConnectionStringBuilder read;
        try
        {
            read = IsUrl(given) ? FromUrl(given) : new NpgsqlConnectionStringBuilder(given);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw HostDatabases.Fault("is not a PostgreSQL connection string or URL.");
        }

        return string.IsNullOrWhiteSpace(read.Host) || string.IsNullOrWhiteSpace(read.Database)
            ? throw HostDatabases.Fault("must name the server and the database, for instance Host=db.example.org;Database=kohaku or postgresql://kohaku@db.example.org/kohaku.")
            : read;
    }

    private static NpgsqlConnectionStringBuilder FromUrl(string given)
    {
        var url = new Uri(given);
        var read = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Trim('[', ']'),
            Port = url.Port > 0 ? url.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
        };
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            read.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            read.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var key, var rest] ? (key, Uri.UnescapeDataString(rest)) : (pair, "");
            if (!Parameters.TryGetValue(name, out var keyword))
            {
                throw HostDatabases.Fault($"has a URL parameter this host does not know; it knows {string.Join(", ", Parameters.Keys)}.");
            }

            // "verify-full" is Npgsql's VerifyFull.
            read[keyword] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return read;
    }

    private static bool IsUrl(string given) =>
        given.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || given.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
}
