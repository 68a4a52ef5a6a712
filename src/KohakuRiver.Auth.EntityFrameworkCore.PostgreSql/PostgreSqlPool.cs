using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>The connections of a set: a pool of its own, or the host's.</summary>
internal sealed class PostgreSqlPool : IDisposable, IAsyncDisposable
{
    private readonly bool isOwn;

    /// <exception cref="ArgumentException">The options contradict each other, name no server, or are out of range.</exception>
    public PostgreSqlPool(PostgreSqlStoreOptions options)
    {
        isOwn = options.DataSource is null;
        ConnectionString = PostgreSqlConnectionString.From(options);
        Source = options.DataSource ?? NpgsqlDataSource.Create(ConnectionString);
        CommandTimeout = PostgreSqlConnectionString.WholeSeconds(options.CommandTimeout);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Tells Entity Framework what it talks to; connections come from <see cref="Source"/>.</summary>
    public string ConnectionString { get; }

    /// <summary>Whole seconds.</summary>
    public int CommandTimeout { get; }

    public void Dispose()
    {
        if (isOwn)
        {
            Source.Dispose();
        }
    }

    public ValueTask DisposeAsync() => isOwn ? Source.DisposeAsync() : ValueTask.CompletedTask;
}
