namespace KohakuRiver.SampleHost;

/// <summary>What is specific to an engine; the stores are independent of it.</summary>
internal abstract class HostEngine
{
    protected const int SchemaVersion = 2;

    /// <summary>Whether writers wait for each other before they begin.</summary>
    public abstract bool WritersTakeTurns { get; }

    /// <summary>Creates the tables where there are none, and adds what older ones lack; several hosts may start at once.</summary>
    /// <exception cref="InvalidOperationException">They are newer than this build.</exception>
    public abstract Task PrepareAsync(HostDbContext db, CancellationToken cancellationToken);

    /// <summary>Whether there are tables; creates nothing.</summary>
    public abstract Task<bool> HasTablesAsync(HostDbContext db, CancellationToken cancellationToken);

    /// <summary>Locks a node until the end of the transaction: no other host assigns tasks to it in the meantime.</summary>
    public abstract Task LockNodeAsync(HostDbContext db, string hostname, CancellationToken cancellationToken);

    /// <summary>Whether the database is unavailable, as opposed to an error in a statement.</summary>
    public abstract bool IsOutage(Exception? e);

    /// <summary>Whether the connection was lost, so that reading again on another one is worthwhile.</summary>
    public abstract bool IsCut(Exception? e);

    protected static void CheckVersion(int version)
    {
        if (version is < 1 or > SchemaVersion)
        {
            throw new InvalidOperationException($"The host's database has schema version {version}; this build knows {SchemaVersion}.");
        }
    }
}
