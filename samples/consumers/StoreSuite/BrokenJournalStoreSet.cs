using KohakuRiver.Auth.Stores;

namespace StoreSuite;

// <snippet:replace>
/// <summary>A set with one store replaced.</summary>
internal sealed class BrokenJournalStoreSet(string path) : JournalStoreSet(path)
{
    public override IThrottleStore Throttle => new UnguardedThrottleStore(base.Throttle);
}
// </snippet:replace>
