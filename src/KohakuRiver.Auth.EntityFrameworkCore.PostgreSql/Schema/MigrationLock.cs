using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// Lets one instance migrate at a time. The lock belongs to a connection, so it is released when its holder ends, however that
/// happens. Entity Framework's own locks the table of migrations, which does not exist at the first start.
/// </summary>
internal sealed class MigrationLock : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlConnection connection;

    private MigrationLock(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Waits for the lock; disposing the result releases it.</summary>
    /// <exception cref="StoreUnavailableException">It was held all the time.</exception>
    public static async Task<MigrationLock> AcquireAsync(NpgsqlDataSource source, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var opened = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", opened);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockKeys.Migration });
            while (await command.ExecuteScalarAsync(cancellationToken) is not true)
            {
                if (clock.GetElapsedTime(started) >= timeout)
                {
                    throw new StoreUnavailableException("Another instance has been migrating the database for too long.");
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }

            return new MigrationLock(opened);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Releases the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockKeys.Migration });
            await command.ExecuteScalarAsync();
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the lock with it.
        }

        await connection.DisposeAsync();
    }
}
