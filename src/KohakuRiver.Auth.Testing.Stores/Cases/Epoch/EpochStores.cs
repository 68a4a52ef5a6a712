using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Cases for sets that offer an epoch.</summary>
internal abstract class EpochStores : StoreCases
{
    /// <summary>How many times something is revoked and then used.</summary>
    internal int Revocations => Hooks.Revocations;

    /// <summary>The epoch of a set, which must have one: a set without one leaves these cases out.</summary>
    internal static IChangeEpoch EpochOf(KohakuStoreSet set)
    {
        Assert.True(set.Changes is not null, "The set offers no IChangeEpoch: add [LeavesOut(OptionalCases.Epoch, \"why\")] to the suite.");
        return set.Changes;
    }
}
