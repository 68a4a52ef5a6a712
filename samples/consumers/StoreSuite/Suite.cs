using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;
using Xunit;

namespace StoreSuite;

// <snippet:opener>
/// <summary>A database of its own for each instance of a test class, which is one for each test.</summary>
internal sealed class TestJournal
{
    private readonly string path = Path.Combine(Folder.FullName, Path.GetRandomFileName());

    private static DirectoryInfo Folder { get; } = MakeFolder();

    public Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(
        Environment.GetEnvironmentVariable("BREAK_A_VERB") == "1" ? new BrokenJournalStoreSet(path) : new JournalStoreSet(path));

    private static DirectoryInfo MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("journals-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }
}
// </snippet:opener>

// <snippet:suite>
public sealed class JournalUserStore : UserStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalApprovalStore : ApprovalStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}
// </snippet:suite>

public sealed class JournalAccountStore : AccountStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalActing : ActingConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalSessionStore : SessionStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalTokenStore : TokenStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalGroupStore : GroupStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalInvitationStore : InvitationStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalVpsAssignmentStore : VpsAssignmentStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalAuditStore : AuditStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalCodeStore : CodeStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalSettingsStore : SettingsStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalThrottleStore : ThrottleStoreConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

public sealed class JournalSet : StoreSetConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

// <snippet:fault-suite>
public sealed class JournalFaults : FaultConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();

    protected override IDisposable FailAfter(int accesses) => new JournalFault(((JournalStoreSet)Stores).Journal, accesses);
}
// </snippet:fault-suite>

public sealed class JournalRandomSequence : RandomSequenceConformance
{
    private readonly TestJournal journal = new();

    protected override Task<KohakuStoreSet> OpenAsync() => journal.OpenAsync();
}

// <snippet:complete>
public sealed class Completeness
{
    // The journal offers no IChangeEpoch, so there is nothing to show of it: credentials are looked up at each request.
    [Fact]
    public void Suite_OfTheJournal_LeavesOutTheEpochOnly() => ConformanceCompleteness.AssertComplete(
        typeof(Completeness).Assembly, marker: null, leftOut: typeof(ChangeEpochConformance));
}
// </snippet:complete>
