using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.InMemory.Data;

namespace KohakuRiver.Auth.Testing.InMemory;

/// <summary>What the stores share: one database, and verbs as functions over its data.</summary>
internal abstract class InMemoryStore(InMemoryDatabase database) : IKohakuStore
{
    public object TransactionDomain => database;

    protected Task<T> Read<T>(Func<MemoryData, T> read, CancellationToken ct) => database.ReadAsync(read, ct);

    protected Task<T> Write<T>(Func<MemoryWrite, T> verb, CancellationToken ct) => database.WriteAsync(verb, ct);

    protected Task Write(Action<MemoryWrite> verb, CancellationToken ct) => database.WriteAsync(
        write =>
        {
            verb(write);
            return true;
        },
        ct);
}
