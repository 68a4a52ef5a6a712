using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class OtherDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<VpsCases>("an assignment half done", nameof(VpsCases.Assign_OneMissing_GivesToNobody), set =>
            set.Break<IVpsAssignmentStore, WriteStatus>(nameof(IVpsAssignmentStore.TryAssignAsync), async call =>
            {
                var (users, _) = (call.ArgAt<IReadOnlyCollection<long>>(1)!, call.ArgAt<IReadOnlyCollection<long>>(2));
                var status = await call.RealAsync<WriteStatus>();
                if (status != WriteStatus.Done)
                {
                    await call.WithAt(1, users.Take(1).ToArray()).WithAt(2, Array.Empty<long>()).RealAsync<WriteStatus>();
                }

                return status;
            })),
        Defect.In<VpsCases>(
            "instances ordered regardless of case", nameof(VpsCases.ListOfUser_DirectlyAndThroughGroups_GivesEachOnceInOrdinalOrder), set =>
            set.Break<IVpsAssignmentStore, IReadOnlyList<string>>(nameof(IVpsAssignmentStore.ListVpsOfUserAsync), async call =>
                [.. (await call.RealAsync<IReadOnlyList<string>>()).Order(StringComparer.OrdinalIgnoreCase)])),
        Defect.In<VpsCases>(
            "an instance listed for each assignment", nameof(VpsCases.ListVps_ToUsersAndGroups_GivesEachOnceInOrdinalOrder), set =>
            set.Break<IVpsAssignmentStore, IReadOnlyList<string>>(nameof(IVpsAssignmentStore.ListVpsAsync), async call =>
            [
                .. (await set.Real.VpsAssignments.ListAsync([.. await call.RealAsync<IReadOnlyList<string>>()], call.Ct))
                    .Select(a => a.VpsId).Order(StringComparer.Ordinal),
            ])),
        Defect.In<VpsCases>("instance ids regardless of case", nameof(VpsCases.IsAssigned_AsThingsChange_FollowsAtOnce), set =>
            set.Break<IVpsAssignmentStore, bool>(nameof(IVpsAssignmentStore.IsAssignedAsync), call =>
                call.With<string>(id => id.ToLowerInvariant()).RealAsync<bool>())),
        Defect.In<VpsCases>("an assignment made anew", nameof(VpsCases.Assign_Again_KeepsTheRow), set =>
            set.Break<IVpsAssignmentStore, WriteStatus>(nameof(IVpsAssignmentStore.TryAssignAsync), async call =>
            {
                await set.Real.VpsAssignments.ForgetAsync(
                    call.Arg<string>(), Plain(call.Arg<AuthorizedWrite>().Audit with { OperationId = Guid.Empty }), call.Ct);
                return await call.RealAsync<WriteStatus>();
            })),
        Defect.In<AuditCases>(
            "actions found by any beginning",
            nameof(AuditCases.List_Filters_HoldTogetherRegardlessOfCase),
            set => set.Break<IAuditStore, Page<AuditEntry>>(nameof(IAuditStore.ListAsync), async call =>
            {
                var page = await call.With<AuditQuery>(q => q with { Action = null }).RealAsync<Page<AuditEntry>>();
                var items = page.Items
                    .Where(e => e.Action.StartsWith(call.Arg<AuditQuery>().Action ?? "", StringComparison.OrdinalIgnoreCase))
                    .ToList();
                return new Page<AuditEntry>(items, null, items.Count);
            }),
            null,
            "user.pass",
            null,
            null,
            ""),
        Defect.In<AuditCases>("a span with its last instant", nameof(AuditCases.List_FromAndTo_IncludeTheFirstInstantAndNotTheLast), set =>
            set.Break<IAuditStore, Page<AuditEntry>>(nameof(IAuditStore.ListAsync), call =>
                call.With<AuditQuery>(q => q with { To = q.To?.AddMicroseconds(1) }).RealAsync<Page<AuditEntry>>())),
        Defect.In<AuditCases>("a stream of one page", nameof(AuditCases.Stream_MoreThanAPage_GivesAllNewestFirst), set =>
            set.BreakMember<IAuditStore, IAsyncEnumerable<AuditEntry>>(nameof(IAuditStore.StreamAsync), call =>
                ((IAsyncEnumerable<AuditEntry>)call.Real()!).Take(call.Arg<AuditQuery>().Page.Limit))),
        Defect.In<AuditCases>("an audit log pruned as a whole", nameof(AuditCases.Prune_BeforeTheGivenInstant_RemovesOlderEntries), set =>
            set.Break<IAuditStore,
            int>(nameof(IAuditStore.PruneAsync), call => call.With<DateTimeOffset>(_ => DateTimeOffset.MaxValue).RealAsync<int>())),
        Defect.In<AuditCases>("an audit log paged by row number", nameof(AuditCases.List_RowsComeBetweenPages_ShowsEachOldRowOnce), set =>
            set.Break<IAuditStore, Page<AuditEntry>>(nameof(IAuditStore.ListAsync), call =>
                ByRowNumberAsync(call.Arg<AuditQuery>().Page,
                    p => call.With<AuditQuery>(q => q with { Page = p }).RealAsync<Page<AuditEntry>>()))),
        Defect.In<CodeCases>(
            "earlier codes that live on", nameof(CodeCases.Replace_EarlierCodes_TakesThoseOfTheSamePurposeAndUserOnly), CodesRemembered),
        Defect.In<CodeCases>("many codes at once", nameof(CodeCases.Replace_ManyAtOnce_OneCodeIsLeft), CodesRemembered, false),
        Defect.In<CodeCases>("a code prune that ignores now", nameof(CodeCases.Prune_AtTheGivenNow_RemovesWhatIsExpiredThen), set =>
            set.Break<ICodeStore,
            int>(nameof(ICodeStore.PruneAsync), call => call.With<DateTimeOffset>(_ => TimeProvider.System.GetUtcNow()).RealAsync<int>())),
        Defect.In<CodeCases>("a code without audit", nameof(CodeCases.Replace_NewCode_GivesWhatWasWritten), set =>
            WithoutAudit<ICodeStore, WriteStatus>(set, nameof(ICodeStore.TryReplaceAsync))),
        Defect.In<SettingsCases>("null stored instead of removed", nameof(SettingsCases.Write_Null_RemovesTheValue), set =>
            set.Break<ISettingsStore, WriteStatus>(nameof(ISettingsStore.WriteAsync), call => call
                .WithAt(0, call.Arg<IReadOnlyDictionary<string, string?>>()
                    .ToDictionary(v => v.Key, v => v.Value ?? "null", StringComparer.Ordinal))
                .RealAsync<WriteStatus>())),
        Defect.In<SettingsCases>("settings written one by one", nameof(SettingsCases.Write_SeveralAtOnce_IsWholeAndLosesNoOtherKey), set =>
            set.Break<ISettingsStore, WriteStatus>(nameof(ISettingsStore.WriteAsync), async call =>
            {
                foreach (var (name, value) in call.Arg<IReadOnlyDictionary<string, string?>>())
                {
                    await OthersReadTooAsync(set);
                    await call.WithAt(0, new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value })
                        .RealAsync<WriteStatus>();
                }

                return WriteStatus.Done;
            })),
        Defect.In<SettingsCases>(
            "a value added over the one that is there", nameof(SettingsCases.GetOrAdd_IsStoredOnceAndBesideTheOthers), set =>
            set.Break<ISettingsStore, string>(nameof(ISettingsStore.GetOrAddAsync), call => Task.FromResult(call.ArgAt<string>(1)!))),
        Defect.In<SettingsCases>("a value looked for and then added", nameof(SettingsCases.GetOrAdd_OfManyCallers_IsTheSameForAll), set =>
            set.Break<ISettingsStore, string>(nameof(ISettingsStore.GetOrAddAsync), async call =>
            {
                var (name, value) = (call.ArgAt<string>(0)!, call.ArgAt<string>(1)!);
                if (set.Memory.TryGetValue(name, out var stored))
                {
                    return (string)stored!;
                }

                await OthersReadTooAsync(set);
                set.Memory[name] = value;
                await call.RealAsync<string>();
                return value;
            })),
        Defect.In<ThrottleCases>("attempts read and then counted", nameof(ThrottleCases.Take_ManyAtOnce_ExactlyTheRoomPasses), set =>
            set.Break<IThrottleStore, bool>(nameof(IThrottleStore.TryTakeAsync), async call =>
            {
                var key = (call.Arg<string>(), call.Arg<DateTimeOffset>());
                var before = (int)set.Memory.GetOrAdd(key, 0);
                await OthersReadTooAsync(set);
                if (before >= call.Arg<int>())
                {
                    return false;
                }

                set.Memory[key] = before + 1;
                return true;
            })),
        Defect.In<ThrottleCases>("refused attempts counted", nameof(ThrottleCases.Take_UpToTheLimit_PassesAndThenCountsNothing), set =>
            set.Break<IThrottleStore, bool>(nameof(IThrottleStore.TryTakeAsync), async call =>
                await call.RealAsync<bool>() || (await call.With<int>(_ => int.MaxValue).RealAsync<bool>() && false))),
        Defect.In<ThrottleCases>(
            "a throttle prune that ignores the instant", nameof(ThrottleCases.Prune_BeforeTheGivenInstant_RemovesOlderWindows), set =>
            set.Break<IThrottleStore,
            int>(nameof(IThrottleStore.PruneAsync), call => call.With<DateTimeOffset>(_ => DateTimeOffset.MaxValue).RealAsync<int>())),
    ];

    private static void CodesRemembered(BrokenStoreSet set)
    {
        set.Break<ICodeStore, WriteStatus>(nameof(ICodeStore.TryReplaceAsync), call =>
        {
            set.Memory[call.Arg<OneUseCode>().Hash] = call.Arg<OneUseCode>();
            return call.RealAsync<WriteStatus>();
        });
        set.Break<ICodeStore, OneUseCode?>(nameof(ICodeStore.FindAsync), async call =>
            await call.RealAsync<OneUseCode?>() ?? (OneUseCode?)set.Memory.GetValueOrDefault(call.Arg<SecretHash>()));
    }
}
