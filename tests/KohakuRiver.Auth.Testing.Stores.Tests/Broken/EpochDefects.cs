using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class EpochDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<EpochCases>("an epoch that knows the past", nameof(EpochCases.Read_ForTheFirstTime_KnowsNothingFromBefore), set =>
            set.Epoch = real => new Bent(real, (_, read) => new PrincipalChanges(read.Epoch, []))),
        Defect.In<EpochCases>("an epoch that never rests", nameof(EpochCases.Read_NothingHappenedSince_TouchesNobody), set =>
            set.Epoch = real => new Bent(real, (since, read) => read with { Epoch = Math.Max(since, read.Epoch) + 1 })),
        .. EpochCases.Changes.Select(row => row[0])
            .Select(
                change => Defect.In<EpochCases>(
                    "an epoch that is not raised: " + change, nameof(EpochCases.Read_AfterAChange_NamesWhomItTouched), set =>
            set.Epoch = real => new Bent(real, (since, read) => PrincipalChanges.None(since < 0 ? read.Epoch : since)), change)),
        Defect.In<EpochCases>("an epoch that names the wrong user", nameof(EpochCases.Read_GroupOfManyDeleted_NamesEveryMember), set =>
            set.Epoch = real => new Bent(real, (_, read) => new PrincipalChanges(read.Epoch, [new PrincipalChange(read.Epoch, 1)]))),
        Defect.In<EpochCases>("an epoch that forgets children", nameof(EpochCases.Read_TokenWithChildrenRevoked_NamesTheirOwner), set =>
            set.Epoch = real => new Bent(real, (_, read) => new PrincipalChanges(read.Epoch, []))),
        Defect.In<EpochCases>("an epoch that trusts the future", nameof(EpochCases.Read_FromALaterEpochThanThereIs_KnowsNothing), set =>
            set.Epoch = real => new Bent(real, (since, read) => since > read.Epoch ? PrincipalChanges.None(since) : read)),
        Defect.In<EpochCases>(
            "an epoch that is read before it is asked", nameof(EpochCases.Read_RacingWithRevocations_MissesNoneThatWasAcknowledged), set =>
        {
            var stale = new PrincipalChanges(0, null);
            set.Epoch = real => new Bent(real, (since, read) =>
            {
                var earlier = stale;
                stale = read;
                return since < 0 ? read : PrincipalChanges.None(Math.Max(since, earlier.Epoch));
            });
        }),
        Defect.In<EpochCases>("an epoch that cancels everybody", nameof(EpochCases.Read_Cancelled_EndsForThatCallerOnly), set =>
        {
            var isCancelled = false;
            set.Epoch = real => new Bent(
                real,
                (_, read) => isCancelled
                    ? throw new OperationCanceledException()
                    : read) { Asked = cancellationToken => isCancelled |= cancellationToken.IsCancellationRequested };
        }),
        Defect.In<EpochSequenceCases>(
            "an epoch that misses changes now and then",
            nameof(EpochSequenceCases.Sequence_OfRandomChanges_LeavesNothingStaleInWhatIsKept),
            set =>
        {
            var reads = 0;
            set.Epoch = real => new Bent(real, (_, read) => ++reads % 3 == 0 ? new PrincipalChanges(read.Epoch, []) : read);
        }, 1),
    ];

    /// <summary>A sound epoch whose answers are bent.</summary>
    private sealed class Bent(IChangeEpoch real, Func<long, PrincipalChanges, PrincipalChanges> bend) : IChangeEpoch
    {
        public Action<CancellationToken> Asked { get; init; } = _ => { };

        public async ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken cancellationToken)
        {
            Asked(cancellationToken);
            return bend(since, await real.ReadAsync(since, cancellationToken));
        }
    }
}
