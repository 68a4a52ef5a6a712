using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Handing decisions over to the host, and what is removed once that is long past.</summary>
internal sealed partial class InMemoryApprovalStore
{
    private static readonly ImmutableSortedDictionary<string, string> NoDetails =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public Task<IReadOnlyList<Approval>> LeaseUndeliveredAsync(
        string? taskId, int limit, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancellationToken) => Write<IReadOnlyList<Approval>>(
        write =>
        {
            var data = write.Data;
            var leased = data.Approvals.Rows
                .Where(row => row.IsUndelivered && !(now < row.HeldUntil))
                .Where(row => taskId is null ? !(now < row.DueAt) : row.Key == taskId)
                .OrderBy(row => row.Approval.DecidedAt)
                .ThenBy(row => row.Id)
                .Take(limit)
                .Select(row => row with
                {
                    Approval = row.Approval with { DeliveryAttempts = row.Approval.DeliveryAttempts + 1 },
                    HeldUntil = Instants.Cut(until),
                })
                .ToList();
            foreach (var row in leased)
            {
                data.Approvals = data.Approvals.With(row);
            }

            write.Commit();
            return [.. leased.Select(row => row.Approval)];
        },
        cancellationToken);

    public Task MarkDeliveredAsync(string taskId, DateTimeOffset at, CancellationToken cancellationToken) => ChangeUndelivered(
        taskId, row => row with { Approval = row.Approval with { DeliveredAt = Instants.Cut(at) }, HeldUntil = null, DueAt = null },
        cancellationToken);

    public Task MarkDeliveryFailedAsync(string taskId, DateTimeOffset nextTry, CancellationToken cancellationToken) => ChangeUndelivered(
        taskId, row => row with { HeldUntil = null, DueAt = Instants.Cut(nextTry) }, cancellationToken);

    public Task<DeliveryBacklog> ReadBacklogAsync(CancellationToken cancellationToken) => Read(
        data =>
        {
            var waiting = data.Approvals.Rows.Where(row => row.IsUndelivered).ToList();
            return new DeliveryBacklog(waiting.Count, waiting.Min(row => row.Approval.DecidedAt));
        },
        cancellationToken);

    public Task<int> RemoveContentAsync(DateTimeOffset decidedBefore, CancellationToken cancellationToken) => Write(
        write =>
        {
            var data = write.Data;
            var old = data.Approvals.Rows
                .Where(row => row.Approval is { ContentRemoved: false, DeliveredAt: not null } && row.Approval.DecidedAt < decidedBefore)
                .ToList();
            foreach (var row in old)
            {
                var task = row.Approval.Task with { Arguments = [], Details = NoDetails, SecretDetails = [] };
                data.Approvals = data.Approvals.With(row with { Approval = row.Approval with { Task = task, ContentRemoved = true } });
            }

            write.Commit();
            return old.Count;
        },
        cancellationToken);

    private Task ChangeUndelivered(string taskId, Func<ApprovalRow, ApprovalRow> change, CancellationToken cancellationToken) => Write(
        write =>
        {
            if (write.Data.Approvals.FindByKey(taskId) is { IsUndelivered: true } row)
            {
                write.Data.Approvals = write.Data.Approvals.With(change(row));
                write.Commit();
            }
        },
        cancellationToken);
}
