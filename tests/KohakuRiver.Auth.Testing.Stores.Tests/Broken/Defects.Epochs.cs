using KohakuRiver.Auth.Stores;
using Suite = KohakuRiver.Auth.Testing.Stores.Tests.Broken.BrokenChangeEpoch;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static partial class Defects
{
    private static IEnumerable<Defect> Epochs =>
    [
        Defect.In<Suite>("an epoch that knows the past", nameof(Suite.Read_ForTheFirstTime_KnowsNothingFromBefore), set =>
            set.Epoch = real => new Bent(real, (_, read) => new PrincipalChanges(read.Epoch, []))),
        Defect.In<Suite>("an epoch that never rests", nameof(Suite.Read_NothingHappenedSince_TouchesNobody), set =>
            set.Epoch = real => new Bent(real, (since, read) => read with { Epoch = Math.Max(since, read.Epoch) + 1 })),
        .. Suite.Changes.Select(change => Defect.In<Suite>("an epoch that is not raised: " + change.Data, nameof(Suite.Read_AfterAChange_NamesWhomItTouched), set =>
            set.Epoch = real => new Bent(real, (since, read) => PrincipalChanges.None(since < 0 ? read.Epoch : since)), change.Data)),
        Defect.In<Suite>("an epoch that names the wrong user", nameof(Suite.Read_GroupOfManyDeleted_NamesEveryMember), set =>
            set.Epoch = real => new Bent(real, (_, read) => new PrincipalChanges(read.Epoch, [new PrincipalChange(read.Epoch, 1)]))),
        Defect.In<Suite>("an epoch that forgets children", nameof(Suite.Read_TokenWithChildrenRevoked_NamesTheirOwner), set =>
            set.Epoch = real => new Bent(real, (_, read) => new PrincipalChanges(read.Epoch, []))),
        Defect.In<Suite>("an epoch that trusts the future", nameof(Suite.Read_FromALaterEpochThanThereIs_KnowsNothing), set =>
            set.Epoch = real => new Bent(real, (since, read) => since > read.Epoch ? PrincipalChanges.None(since) : read)),
        Defect.In<Suite>("an epoch that is read before it is asked", nameof(Suite.Read_RacingWithRevocations_MissesNoneThatWasAcknowledged), set =>
        {
            var stale = new PrincipalChanges(0, null);
            set.Epoch = real => new Bent(real, (since, read) =>
            {
                var earlier = stale;
                stale = read;
                return since < 0 ? read : PrincipalChanges.None(Math.Max(since, earlier.Epoch));
            });
        }),
        Defect.In<Suite>("an epoch that cancels everybody", nameof(Suite.Read_Cancelled_EndsForThatCallerOnly), set =>
        {
            var isCancelled = false;
            set.Epoch = real => new Bent(real, (_, read) => isCancelled ? throw new OperationCanceledException() : read) { Asked = ct => isCancelled |= ct.IsCancellationRequested };
        }),
        Defect.In<Suite>("an epoch that misses changes now and then", nameof(Suite.Sequence_OfRandomChanges_LeavesNothingStaleInWhatIsKept), set =>
        {
            var reads = 0;
            set.Epoch = real => new Bent(real, (_, read) => ++reads % 3 == 0 ? new PrincipalChanges(read.Epoch, []) : read);
        }, 1),
    ];

    /// <summary>A sound epoch whose answers are bent.</summary>
    private sealed class Bent(IChangeEpoch real, Func<long, PrincipalChanges, PrincipalChanges> bend) : IChangeEpoch
    {
        public Action<CancellationToken> Asked { get; init; } = _ => { };

        public async ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken ct)
        {
            Asked(ct);
            return bend(since, await real.ReadAsync(since, ct));
        }
    }
}
