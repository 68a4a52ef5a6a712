using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>All defects that are tried.</summary>
internal static class Defects
{
    private static readonly TimeSpan InVain = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<Defect> All { get; } =
    [
        .. SetDefects.All, .. UserDefects.All, .. AccountDefects.All, .. PasswordDefects.All, .. SessionDefects.All, .. TokenDefects.All,
        .. GroupDefects.All, .. ApprovalDefects.All, .. OtherDefects.All, .. FaultDefects.All, .. SequenceDefects.All,
        .. EpochDefects.All, .. ActingDefects.All, .. IdentityDefects.All,
    ];

    /// <summary>
    /// Between a read and the write that relies on it: every second caller waits until one more has read, however busy the machine is, and
    /// as a rule all have. Who is alone waits in vain.
    /// </summary>
    internal static async Task OthersReadTooAsync(BrokenStoreSet set)
    {
        var readers = (Readers)set.Memory.GetOrAdd(typeof(Readers), _ => new Readers());
        var mine = Interlocked.Increment(ref readers.Count);
        for (var i = 0; i < 50; i++)
        {
            await Task.Yield();
        }

        var since = TimeProvider.System.GetTimestamp();
        while (mine % 2 == 1 && Volatile.Read(ref readers.Count) == mine && TimeProvider.System.GetElapsedTime(since) < InVain)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    internal static AuthorizedWrite Plain(AuditEntry entry) => AuthorizedWrite.WithoutCredential(entry);

    /// <summary>The audit entry is missing: the log hides it.</summary>
    internal static void Forget(BrokenStoreSet set, AuditEntry entry) => set.Memory[entry.OperationId] = "hidden";

    internal static void HideForgotten(BrokenStoreSet set) =>
        set.BreakMember<IAuditStore, IAsyncEnumerable<AuditEntry>>(
            nameof(IAuditStore.StreamAsync), call => Visible((IAsyncEnumerable<AuditEntry>)call.Real()!, set));

    private static async IAsyncEnumerable<AuditEntry> Visible(IAsyncEnumerable<AuditEntry> entries, BrokenStoreSet set)
    {
        await foreach (var entry in entries)
        {
            if (!set.Memory.ContainsKey(entry.OperationId))
            {
                yield return entry;
            }
        }
    }

    /// <summary>Breaks a verb so that the write happens and its audit entry does not.</summary>
    internal static void WithoutAudit<TStore, TResult>(BrokenStoreSet set, string verb)
    {
        HideForgotten(set);
        set.Break<TStore, TResult>(verb, call =>
        {
            Forget(set, call.Arg<AuthorizedWrite>().Audit);
            return call.RealAsync<TResult>();
        });
    }

    /// <summary>Breaks a verb so that its audit entry is written whether it was done or not; twice where it was.</summary>
    internal static void WithAuditAnyway<TStore, TResult>(BrokenStoreSet set, string verb) => set.Break<TStore, TResult>(verb, async call =>
    {
        var result = await call.RealAsync<TResult>();
        await set.Real.Audit.AppendAsync(call.Arg<AuthorizedWrite>().Audit, call.Ct);
        return result;
    });

    /// <summary>Rows found by number: what a page starts with is how many rows the page before had.</summary>
    internal static async Task<Page<T>> ByRowNumberAsync<T>(PageRequest page, Func<PageRequest, Task<Page<T>>> list)
    {
        if (page.After is null)
        {
            return await list(page);
        }

        var all = await list(new PageRequest(10_000));
        var items = all.Items.Skip(2).Take(page.Limit).ToList();
        return new Page<T>(items, null, all.Total);
    }

    internal static DateTimeOffset Milliseconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    private sealed class Readers
    {
        public int Count;
    }
}
