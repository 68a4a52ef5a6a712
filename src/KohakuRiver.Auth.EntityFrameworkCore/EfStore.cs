using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Common to all stores.</summary>
internal abstract class EfStore(AuthDatabase database) : IKohakuStore
{
    /// <inheritdoc />
    public object TransactionDomain => database;

    protected AuthDatabase Database => database;

    /// <summary>How a statement about one row ended, by the number of rows it changed.</summary>
    protected static WriteStatus Found(int rows) => rows == 1 ? WriteStatus.Done : WriteStatus.NotFound;
}
