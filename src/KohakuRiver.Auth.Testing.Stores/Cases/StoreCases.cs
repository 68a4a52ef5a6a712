using System.Globalization;
using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>A class of cases, with what holds for every verb: done with exactly one audit entry, or lost without a change.</summary>
internal abstract class StoreCases : Making
{
    /// <summary>The VPS instances that <see cref="SnapshotAsync"/> reads.</summary>
    internal static readonly IReadOnlyList<string> VpsIds = ["vps-a", "vps-b", "vps-c", "VPS-A"];

    /// <summary>
    /// The verb is done and writes its audit entry exactly once, as passed. Where <paramref name="madeId"/> says
    /// what the verb created, the entry's missing target id is filled in with it.
    /// </summary>
    internal async Task<T> WritesAsync<T>(Func<AuthorizedWrite, Task<WriteResult<T>>> verb, Func<T, long>? madeId = null)
        where T : class
    {
        var entry = Entry();
        var made = Done(await verb(entry));
        await AssertAuditedAsync(entry, madeId?.Invoke(made));
        return made;
    }

    /// <summary>The verb returns <see cref="WriteStatus.Done"/> and writes its audit entry exactly once.</summary>
    internal async Task WritesAsync(Func<AuthorizedWrite, Task<WriteStatus>> verb)
    {
        var entry = Entry();
        Assert.Equal(WriteStatus.Done, await verb(entry));
        await AssertAuditedAsync(entry);
    }

    /// <summary>The verb returns this count and writes its audit entry exactly once.</summary>
    internal async Task CountsAsync(int expected, Func<AuthorizedWrite, Task<WriteCount>> verb)
    {
        var entry = Entry();
        Assert.Equal(WriteCount.Done(expected), await verb(entry));
        await AssertAuditedAsync(entry);
    }

    /// <summary>The verb is lost with this status, returns nothing, and nothing has changed, including the audit log.</summary>
    internal async Task LosesAsync<T>(WriteStatus expected, Func<AuthorizedWrite, Task<WriteResult<T>>> verb)
        where T : class
    {
        var before = await SnapshotAsync();
        var result = await verb(Entry());
        Assert.Equal(expected, result.Status);
        Assert.Null(result.Value);
        Assert.Equal(before, await SnapshotAsync());
    }

    /// <summary>The verb is lost with this status, and nothing has changed, including the audit log.</summary>
    internal async Task LosesAsync(WriteStatus expected, Func<AuthorizedWrite, Task<WriteStatus>> verb)
    {
        var before = await SnapshotAsync();
        Assert.Equal(expected, await verb(Entry()));
        Assert.Equal(before, await SnapshotAsync());
    }

    /// <summary>The verb returns false, and nothing has changed, including the audit log.</summary>
    internal async Task RefusesAsync(Func<Task<bool>> verb)
    {
        var before = await SnapshotAsync();
        Assert.False(await verb());
        Assert.Equal(before, await SnapshotAsync());
    }

    /// <summary>
    /// Starts the verb and cancels it some moments later. True when it happened all the same, with its audit entry; otherwise nothing has
    /// changed.
    /// </summary>
    internal async Task<bool> HappensThoughCancelledAsync(int moments, Func<AuthorizedWrite, CancellationToken, Task<WriteStatus>> verb)
    {
        var before = await SnapshotAsync();
        var entry = Entry();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var writing = Task.Run(() => verb(entry, cancel.Token), Ct);
        for (var moment = 0; moment < moments; moment++)
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();
        try
        {
            Assert.Equal(WriteStatus.Done, await writing);
        }
        catch (OperationCanceledException)
        {
            // The next lines check whether it happened.
        }

        if (await CountAuditedAsync([entry]) == 1)
        {
            return true;
        }

        Assert.Equal(before, await SnapshotAsync());
        return false;
    }

    /// <summary>The audit log does not grow.</summary>
    internal async Task WritesNoAuditAsync(Func<Task> verb)
    {
        var before = await AuditLogAsync();
        await verb();
        Assert.Equal(before.Count, (await AuditLogAsync()).Count);
    }

    /// <summary>The entry is in the log exactly once, unchanged except for its id and a missing target id.</summary>
    internal Task AssertAuditedAsync(AuthorizedWrite write, long? madeId = null) => AssertAuditedAsync(write.Audit, madeId);

    /// <summary>The entry is in the log exactly once, unchanged except for its id and a missing target id.</summary>
    internal async Task AssertAuditedAsync(AuditEntry entry, long? madeId = null)
    {
        var stored = Assert.Single(await AuditLogAsync(), e => e.OperationId == entry.OperationId);
        Assert.True(stored.Id > 0);
        if (madeId is { } id)
        {
            Assert.Equal(id.ToString(CultureInfo.InvariantCulture), stored.TargetId);
        }

        Assert.Equal(entry with { Id = stored.Id, TargetId = entry.TargetId ?? stored.TargetId }, stored);
    }

    /// <summary>How many of these entries are in the log; fails for duplicates.</summary>
    internal async Task<int> CountAuditedAsync(IEnumerable<AuthorizedWrite> entries)
    {
        var wanted = entries.Select(e => e.Audit.OperationId).ToHashSet();
        var found = (await AuditLogAsync()).Where(e => wanted.Contains(e.OperationId)).ToList();
        Assert.Equal(found.Count, found.DistinctBy(e => e.OperationId).Count());
        return found.Count;
    }

    /// <summary>The whole audit log, newest first.</summary>
    internal async Task<IReadOnlyList<AuditEntry>> AuditLogAsync(AuditQuery? query = null)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in Stores.Audit.StreamAsync(query ?? new AuditQuery(), Ct))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Everything readable from the stores, one line per row, with names instead of ids.</summary>
    internal Task<IReadOnlyList<string>> SnapshotAsync(KohakuStoreSet? set = null) =>
        StoreSnapshot.ReadAsync(set ?? Stores, VpsIds, DraftedCodes, Ct);
}
