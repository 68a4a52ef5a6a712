using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>
/// Access to the host's own tables: creates them on first use, lets writers take turns where they must, and throws
/// <see cref="StoreUnavailableException"/> where the database is unavailable.
/// </summary>
internal sealed class HostDatabase(IDbContextFactory<HostDbContext> contexts, HostEngine engine) : IDisposable
{
    private const int AttemptsToRead = 3;

    private readonly SemaphoreSlim writers = new(1, 1);
    private volatile bool ready;

    public async Task<T> ReadAsync<T>(Func<HostDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await MakeReadyAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunAsync(read, cancellationToken);
            }
            catch (StoreUnavailableException e) when (attempt < AttemptsToRead && AnyOf(e, engine.IsCut))
            {
                // Reading changes nothing, so it is repeated after a lost connection. Of a write nobody knows whether it
                // happened.
            }
        }
    }

    /// <summary>Reads from tables of any version as they are; where there are none, none are created.</summary>
    public Task<T> PeekAsync<T>(Func<HostDbContext, Task<T>> read, T otherwise, CancellationToken cancellationToken) => RunAsync(
        async db => await engine.HasTablesAsync(db, cancellationToken) ? await read(db) : otherwise, cancellationToken);

    public async Task<T> WriteAsync<T>(Func<HostDbContext, Task<T>> write, CancellationToken cancellationToken)
    {
        await MakeReadyAsync(cancellationToken);
        return engine.WritersTakeTurns ? await InTurnAsync(write, cancellationToken) : await RunAsync(write, cancellationToken);
    }

    /// <summary>Locks a node until the end of the transaction: no other host assigns tasks to it in the meantime.</summary>
    public Task LockNodeAsync(HostDbContext db, string hostname, CancellationToken cancellationToken) =>
        engine.LockNodeAsync(db, hostname, cancellationToken);

    public void Dispose() => writers.Dispose();

    private async Task MakeReadyAsync(CancellationToken cancellationToken)
    {
        if (!ready)
        {
            await InTurnAsync(
                async db =>
                {
                    await engine.PrepareAsync(db, cancellationToken);
                    return true;
                },
                cancellationToken);
            ready = true;
        }
    }

    private async Task<T> InTurnAsync<T>(Func<HostDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await writers.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(work, cancellationToken);
        }
        finally
        {
            writers.Release();
        }
    }

    private async Task<T> RunAsync<T>(Func<HostDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await work(db);
        }
        catch (Exception e) when (e is not OperationCanceledException && AnyOf(e, engine.IsOutage))
        {
            throw new StoreUnavailableException("The host's database is not available.", e);
        }
    }

    private static bool AnyOf(Exception? e, Func<Exception?, bool> isIt)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (isIt(e))
            {
                return true;
            }
        }

        return false;
    }
}
