using KohakuRiver.Auth.Stores;
using ImportSuite = KohakuRiver.Auth.Testing.Stores.Tests.Broken.BrokenImportStore;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static partial class Defects
{
    private static IEnumerable<Defect> Imports =>
    [
        Defect.In<ImportSuite>("an import without audit", nameof(ImportSuite.Import_AccountsWithAllThatBelongsToThem_GivesWhatWasPlanned), set =>
            WithoutAudit<IImportStore, WriteStatus>(set, nameof(IImportStore.TryImportAsync))),
        Defect.In<ImportSuite>("an import that enables everybody", nameof(ImportSuite.Import_AccountsWithAllThatBelongsToThem_GivesWhatWasPlanned), set =>
            set.Break<IImportStore, WriteStatus>(nameof(IImportStore.TryImportAsync), call => call
                .With<ImportPlan>(p => p with { Accounts = [.. p.Accounts.Select(a => a with { IsActive = true })] }).RealAsync<WriteStatus>())),
        Defect.In<ImportSuite>("an import that forgets what it imported", nameof(ImportSuite.Read_AfterAnImport_FindsWhatIsThereAndTheMarksOfWhatIsGone), set =>
            set.Break<IImportStore, ImportState>(nameof(IImportStore.ReadAsync), async call =>
                await call.RealAsync<ImportState>() with { Marks = new HashSet<ImportMark>() })),
        Defect.In<ImportSuite>("an import half done", nameof(ImportSuite.Import_SomethingOfItThere_IsLostAndChangesNothing), set =>
            set.Break<IImportStore, WriteStatus>(nameof(IImportStore.TryImportAsync), async call =>
            {
                var status = await call.RealAsync<WriteStatus>();
                if (status != WriteStatus.Done)
                {
                    await call.With<ImportPlan>(p => p with { Accounts = [], Invitations = [] }).RealAsync<WriteStatus>();
                }

                return status;
            })),
        Defect.In<ImportSuite>("an import that wins twice", nameof(ImportSuite.Import_TheSameAtOnce_IsDoneOnce), set =>
            set.Break<IImportStore, WriteStatus>(nameof(IImportStore.TryImportAsync), async call =>
            {
                await call.RealAsync<WriteStatus>();
                return WriteStatus.Done;
            })),
        Defect.In<ImportSuite>("any token taken for an imported one", nameof(ImportSuite.AnyTokens_OwnAndImportedOnes_IsTrueForImportedOnesOnly), set =>
            set.Break<IImportStore, bool>(nameof(IImportStore.AnyTokensAsync), async call =>
                (await set.Real.Tokens.ListAsync(null, new PageRequest(1), call.Ct)).Total > 0)),
    ];
}
