using System.Data.Common;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// PostgreSQL connection strings in both common forms: Npgsql's <c>Host=…;Database=…</c>, or a URL as other tools accept it
/// (<c>postgresql://user:password@host:port/database?sslmode=…</c>). No message of this class repeats the input, since a password
/// may be in it.
/// </summary>
public static class PostgreSqlConnectionString
{
    // The parameters of libpq's URLs that specify how to reach and trust the server.
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

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a text is meant for PostgreSQL: a PostgreSQL URL, or a connection string that names a server. For hosts that choose their
    /// engine by the text configured; <see cref="Normalize"/> tells whether it is valid.
    /// </summary>
    public static bool IsMeant(string value) => IsUrl(value) || NamesServer(value);

    /// <summary>Returns the connection string in Npgsql's form: a connection string unchanged, a URL converted.</summary>
    /// <exception cref="FormatException">
    /// It is neither, the URL has an unknown parameter, or no server is named.
    /// </exception>
    public static string Normalize(string value) => Read(value).ConnectionString;

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="ArgumentException">The connection string names no server, or a timeout is not positive.</exception>
    internal static string From(PostgreSqlStoreOptions options)
    {
        if (options.ConnectTimeout <= TimeSpan.Zero || options.ConnectTimeout > Longest)
        {
            throw new ArgumentException("ConnectTimeout must be above zero and at most an hour.", nameof(options));
        }

        if (options.CommandTimeout <= TimeSpan.Zero || options.CommandTimeout > Longest)
        {
            throw new ArgumentException("CommandTimeout must be above zero and at most an hour.", nameof(options));
        }

        if (options.DataSource is { } source)
        {
            return From(source, options);
        }

        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = Read(options.ConnectionString);
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message, nameof(options), e);
        }

        builder.Timeout = WholeSeconds(options.ConnectTimeout);
        builder.CommandTimeout = WholeSeconds(options.CommandTimeout);

        // After a timeout the driver asks the server to stop; a server that is gone does not respond to that either.
        builder.CancellationTimeout = 500;

        // Do not join a transaction that a host has open around the call: verbs commit when they say so.
        builder.Enlist = false;
        builder.IncludeErrorDetail = false;
        builder.LogParameters = false;
        if (string.IsNullOrEmpty(builder.ApplicationName))
        {
            builder.ApplicationName = "KohakuRiver.Auth";
        }

        return builder.ConnectionString;
    }

    // The data source's own text has no password in it.
    private static string From(NpgsqlDataSource source, PostgreSqlStoreOptions options)
    {
        if (options.ConnectionString.Length > 0)
        {
            throw new ArgumentException("Specify either ConnectionString or DataSource.", nameof(options));
        }

        var builder = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return builder.IncludeErrorDetail || builder.LogParameters
            ? throw new ArgumentException(
                "The data source must not include error details or log parameters: password hashes would end up in logs.", nameof(options))
            : builder.ConnectionString;
    }

    private static bool IsUrl(string value) =>
        value.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static bool NamesServer(string value)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = value };
            return parts.ContainsKey("host") || parts.ContainsKey("server");
        }
        catch (ArgumentException)
        {
            // A path, or the URL of something else.
            return false;
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string value)
    {
        NpgsqlConnectionStringBuilder? builder;
        try
        {
            builder = IsUrl(value) ? FromUrl(new Uri(value)) : new NpgsqlConnectionStringBuilder(value);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException
            or KeyNotFoundException)
        {
#pragma warning disable MA0054 // The parsers' own messages repeat parts of the text, which may contain a password.
            throw new FormatException("The PostgreSQL connection string or URL cannot be read.");
#pragma warning restore MA0054
        }

        if (builder is null)
        {
            throw new FormatException(
                $"The PostgreSQL URL has an unknown parameter; supported are {string.Join(", ", Parameters.Keys)}.");
        }

        return string.IsNullOrWhiteSpace(builder.Host)
            ? throw new FormatException("The PostgreSQL connection string must name a server (Host=…).")
            : builder;
    }

    // Null for an unknown parameter.
    private static NpgsqlConnectionStringBuilder? FromUrl(Uri url)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Trim('[', ']'),
            Port = url.Port > 0 ? url.Port : NpgsqlConnection.DefaultPort,
        };
        if (url.AbsolutePath.TrimStart('/') is { Length: > 0 } database)
        {
            builder.Database = Uri.UnescapeDataString(database);
        }

        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, text) = pair.Split('=', 2) is [var key, var rest] ? (key, Uri.UnescapeDataString(rest)) : (pair, "");
            if (!Parameters.TryGetValue(name, out var keyword))
            {
                return null;
            }

            // "verify-full" is Npgsql's VerifyFull.
            builder[keyword] = name == "sslmode" ? text.Replace("-", "", StringComparison.Ordinal) : text;
        }

        return builder;
    }

    internal static int WholeSeconds(TimeSpan value) => (int)Math.Ceiling(value.TotalSeconds);
}
