using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Stores;

/// <summary>What the stores have in common.</summary>
internal abstract class EfStore(AuthDatabase database) : IKohakuStore
{
    /// <inheritdoc />
    public object TransactionDomain => database;

    protected AuthDatabase Database => database;
}
