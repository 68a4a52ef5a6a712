namespace KohakuRiver.SampleHost;

/// <summary>What is peculiar to an engine; the stores know nothing of it.</summary>
internal abstract class HostEngine
{
    protected const int SchemaVersion = 1;

    /// <summary>Whether writers wait for each other before they begin.</summary>
    public abstract bool WritersTakeTurns { get; }

    /// <summary>Makes the tables where there are none; several hosts may start at once.</summary>
    /// <exception cref="InvalidOperationException">They are of another version.</exception>
    public abstract Task PrepareAsync(HostDbContext db, CancellationToken cancellationToken);

    /// <summary>Holds a node until the end of the transaction: nobody else gives it tasks meanwhile.</summary>
    public abstract Task LockNodeAsync(HostDbContext db, string hostname, CancellationToken cancellationToken);

    /// <summary>Whether the database cannot do its work now, as opposed to a mistake in it.</summary>
    public abstract bool IsOutage(Exception? e);

    /// <summary>Whether the connection went away, so that reading again on another one is worth it.</summary>
    public abstract bool IsCut(Exception? e);

    protected static void CheckVersion(int version)
    {
        if (version != SchemaVersion)
        {
            throw new InvalidOperationException($"The host's database has schema version {version}; this build knows {SchemaVersion}.");
        }
    }
}
