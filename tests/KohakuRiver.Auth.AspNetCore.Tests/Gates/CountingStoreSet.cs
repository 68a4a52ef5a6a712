using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Stores that count how often somebody asks what was touched.</summary>
internal sealed class CountingStoreSet(InMemoryStoreSet inner) : OverStoreSet(inner), IChangeEpoch
{
    private int reads;

    internal int Reads => Volatile.Read(ref reads);

    public override IChangeEpoch? Changes => this;

    public ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return Inner.Changes!.ReadAsync(since, cancellationToken);
    }
}
