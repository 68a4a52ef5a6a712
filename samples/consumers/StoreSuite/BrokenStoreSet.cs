// <snippet:replace>
using KohakuRiver.Auth.Stores;

namespace SqlStore.Tests;

/// <summary>A set with one store replaced.</summary>
internal sealed class BrokenStoreSet(string path) : SqlStoreSet(path)
{
    public override IThrottleStore Throttle => new UnguardedThrottleStore(base.Throttle);
}
// </snippet:replace>
