namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// A lock on a separate file, held by the operating system: it is released when its holder ends, however that happens. The
/// file stays; deleting it would let two processes hold two locks of one name.
/// </summary>
internal static class MigrationLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock; disposing the result releases it.</summary>
    /// <exception cref="StoreUnavailableException">It was held all the time, or the file cannot be created.</exception>
    public static async Task<IDisposable> AcquireAsync(
        string path, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var options = SqliteSchema.OwnerOnly(FileMode.OpenOrCreate);
        options.Share = FileShare.None;
        while (true)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
            {
                throw new StoreUnavailableException("The lock file next to the database cannot be created.", e);
            }
            catch (IOException e) when (clock.GetElapsedTime(started) >= timeout)
            {
                throw new StoreUnavailableException("Another instance has been migrating the database for too long.", e);
            }
            catch (IOException)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }
}
