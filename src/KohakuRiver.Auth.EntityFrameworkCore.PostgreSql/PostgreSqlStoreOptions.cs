using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>How the PostgreSQL stores are opened.</summary>
public sealed class PostgreSqlStoreOptions
{
    /// <summary>
    /// The connection string, in Npgsql's form or as a URL (<see cref="PostgreSqlConnectionString"/>). Its <c>Timeout</c> and
    /// <c>Command Timeout</c> are replaced by the options below. Error details and parameter logging are always off, since they would
    /// write hashes into logs.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The host's own pool instead of a <see cref="ConnectionString"/>: with its way to authenticate (access tokens, rotating passwords,
    /// client certificates), tracing and type mappings. It must lead to a server that accepts writes; of several hosts choose the primary.
    /// It remains the host's: disposing the stores does not dispose it, and <see cref="ConnectTimeout"/> does not apply to it. Error
    /// details and parameter logging must be off in it. Null: the stores have a pool of their own.
    /// </summary>
    public NpgsqlDataSource? DataSource { get; set; }

    /// <summary>
    /// Whether the start of the host creates the tables and brings them up to date. When false, a schema that does not
    /// match fails the start. Default true.
    /// </summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>
    /// How long to wait for a connection, new or pooled; rounded up to whole
    /// seconds. Together with <see cref="CommandTimeout"/> it limits how long a caller waits for a database that is down.
    /// Default 2 s.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long one statement may take, including waiting for locks; rounded up to whole seconds. Migrations and pruning
    /// are not limited by it. Default 3 s.
    /// </summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Observes or intercepts every statement; for the library's own tests.</summary>
    internal IReadOnlyList<IInterceptor> Interceptors { get; set; } = [];

    /// <summary>Configures contexts last; for the library's own tests.</summary>
    internal Action<DbContextOptionsBuilder>? ConfigureContexts { get; set; }
}
