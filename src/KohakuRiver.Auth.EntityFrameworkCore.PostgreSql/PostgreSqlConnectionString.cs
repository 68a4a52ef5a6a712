using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>Makes the connection string that is used of the one that was given.</summary>
internal static class PostgreSqlConnectionString
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="ArgumentException">The connection string names no server, or a time-out is not positive.</exception>
    public static string From(PostgreSqlStoreOptions options)
    {
        if (options.ConnectTimeout <= TimeSpan.Zero || options.ConnectTimeout > Longest)
        {
            throw new ArgumentException("ConnectTimeout must be above zero and at most an hour.", nameof(options));
        }

        if (options.CommandTimeout <= TimeSpan.Zero || options.CommandTimeout > Longest)
        {
            throw new ArgumentException("CommandTimeout must be above zero and at most an hour.", nameof(options));
        }

        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
#pragma warning disable MA0054 // The provider's own message repeats parts of the string, which may hold a password.
            throw new ArgumentException("The PostgreSQL connection string cannot be read.", nameof(options));
#pragma warning restore MA0054
        }

        if (string.IsNullOrWhiteSpace(builder.Host))
        {
            throw new ArgumentException("The PostgreSQL connection string must name a server (Host=…).", nameof(options));
        }

        builder.Timeout = WholeSeconds(options.ConnectTimeout);
        builder.CommandTimeout = WholeSeconds(options.CommandTimeout);

        // After a time-out the driver asks the server to stop; a server that is gone does not answer that either.
        builder.CancellationTimeout = 500;

        // A transaction that a host has open around the call is not ours to join: verbs commit when they say so.
        builder.Enlist = false;
        builder.IncludeErrorDetail = false;
        builder.LogParameters = false;
        if (string.IsNullOrEmpty(builder.ApplicationName))
        {
            builder.ApplicationName = "KohakuRiver.Auth";
        }

        return builder.ConnectionString;
    }

    private static int WholeSeconds(TimeSpan value) => (int)Math.Ceiling(value.TotalSeconds);
}
