using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Common to all stores.</summary>
internal abstract class EfStore(AuthDatabase database) : IKohakuStore
{
    /// <inheritdoc />
    public object TransactionDomain => database;

    protected AuthDatabase Database => database;

    /// <summary>Writes when rows were last used, with one call for each of them; costs nothing where there is none.</summary>
    protected async Task TouchAsync(
        IReadOnlyDictionary<long, DateTimeOffset> uses, Func<WriteTransaction, long, DateTimeOffset, Task> touch,
        CancellationToken cancellationToken)
    {
        if (uses.Count == 0)
        {
            return;
        }

        await Database.WriteAlwaysAsync(
            async w =>
            {
                // In one order everywhere, so that parallel writers do not deadlock.
                foreach (var (id, at) in uses.OrderBy(pair => pair.Key))
                {
                    await touch(w, id, at);
                }

                return uses.Count;
            },
            cancellationToken);
    }

    /// <summary>How a statement about one row ended, by the number of rows it changed.</summary>
    protected static WriteStatus Found(int rows) => rows == 1 ? WriteStatus.Done : WriteStatus.NotFound;
}
