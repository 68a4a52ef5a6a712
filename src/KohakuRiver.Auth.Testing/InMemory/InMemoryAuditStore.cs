using System.Runtime.CompilerServices;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryAuditStore(InMemoryDatabase database) : InMemoryStore(database), IAuditStore
{
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        Write(write => write.Commit(AuthorizedWrite.WithoutCredential(entry)), cancellationToken);

    public Task<Page<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken) =>
        Read(data => MemoryPaging.Newest(Matching(data, query), query.Page, entry => entry.Id), cancellationToken);

    public async IAsyncEnumerable<AuditEntry> StreamAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in await Read(data => Matching(data, query), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Write(
        write =>
        {
            write.Data.Audit = write.Data.Audit.Without(row => row.Entry.At < before, out var count);
            write.Commit();
            return count;
        },
        cancellationToken);

    private static IEnumerable<AuditEntry> Matching(MemoryData data, AuditQuery query) => data.Audit.NewestFirst
        .Select(row => row.Entry)
        .Where(entry => (query.Actor is not { } actor || Same(entry.Actor, actor))
            && (query.Action is not { } action || IsOrBeginsWith(entry.Action, action))
            && (query.Target is not { } target || Same(entry.Target, target) || Same(entry.TargetId, target))
            && (query.Outcome is not { } outcome || entry.Outcome == outcome)
            && !(entry.At < query.From)
            && !(entry.At >= query.To));

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool IsOrBeginsWith(string action, string wanted) =>
        Same(action, wanted) || action.StartsWith(wanted + ".", StringComparison.OrdinalIgnoreCase);
}
