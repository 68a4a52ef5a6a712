using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Submissions, the decisions about them, and their delivery.</summary>
internal sealed class InMemoryApprovalStore(InMemoryDatabase database) : InMemoryStore(database), IApprovalStore
{
    private const string OldestFirst = "id";

    private static readonly ImmutableSortedDictionary<string, string> NoDetails =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public Task<Approval?> FindAsync(string taskId, CancellationToken cancellationToken) =>
        Read(data => data.Approvals.FindByKey(taskId)?.Approval, cancellationToken);

    public Task<IReadOnlyList<Approval>> FindAsync(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Approval>>(
        data =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(taskIds.Count, 10_000, nameof(taskIds));
            return [.. taskIds.Distinct(StringComparer.Ordinal).Select(id => data.Approvals.FindByKey(id)?.Approval).OfType<Approval>()];
        },
        cancellationToken);

    public Task<Page<Approval>> ListAsync(ApprovalQuery query, CancellationToken cancellationToken) => Read(
        data =>
        {
            var matching = data.Approvals.NewestFirst.Select(row => row.Approval).Where(approval => Matches(data, approval, query));
            return query.OldestFirst
                ? MemoryPaging.Cut(
                    matching.Reverse(),
                    query.Page,
                    OldestFirst,
                    (approval, cursor) => approval.Id > cursor.Id,
                    approval => new PageCursor { Order = OldestFirst, Id = approval.Id },
                    query.Offset)
                : MemoryPaging.Newest(matching, query.Page, approval => approval.Id, query.Offset);
        },
        cancellationToken);

    public Task<int> CountPendingAsync(CancellationToken cancellationToken) =>
        Read(data => data.Approvals.Rows.Count(row => row.Approval.Status == ApprovalStatus.Pending), cancellationToken);

    public Task<IReadOnlyList<PendingSubmitter>> ListPendingSubmittersAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<PendingSubmitter>>(
        data =>
        [
            .. data.Approvals.Rows
                .Select(row => row.Approval)
                .Where(approval => approval is { Status: ApprovalStatus.Pending, SubmitterId: not null })
                .GroupBy(approval => approval.SubmitterId!.Value)
                .Select(group => new PendingSubmitter(group.Key, group.Max(approval => approval.Submitter)!, group.Count())),
        ],
        cancellationToken);

    public Task<WriteResult<Approval>> TryAddAsync(NewApproval approval, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Approvals.FindByKey(approval.Task.TaskId) is not null)
            {
                return WriteResult<Approval>.Lost(WriteStatus.NameTaken);
            }

            var at = Instants.Cut(approval.SubmittedAt);
            var submitter = IfThere(data, approval.SubmitterId);
            var made = new Approval
            {
                Id = data.Approvals.NextId,
                Task = Copy(approval.Task),
                SubmitterId = submitter,
                Submitter = approval.Submitter,
                SubmittedAt = at,
                Status = ApprovalStatus.Pending,
            };
            if (approval.ApprovedAtOnce)
            {
                made =
                    made with { Status = ApprovalStatus.Approved, DecidedById = submitter, DecidedBy = approval.Submitter, DecidedAt = at };
            }

            var row = new ApprovalRow(made);
            row = approval is { ApprovedAtOnce: true, HoldUntil: { } until } ? Hold(row, until) : row;
            data.Approvals = data.Approvals.With(row);
            write.Commit(by, made.Id);
            return WriteResult<Approval>.Done(row.Approval);
        },
        cancellationToken);

    public Task<WriteResult<Approval>> TryDecideAsync(
        string taskId, ApprovalDecision decision, long? onlySubmitterId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            if (decision.Status == ApprovalStatus.Pending)
            {
                throw new ArgumentException("A decision must approve, reject or withdraw.", nameof(decision));
            }

            var data = write.Data;
            if (data.Approvals.FindByKey(taskId) is not { } row
                || (onlySubmitterId is { } submitter && row.Approval.SubmitterId != submitter))
            {
                return WriteResult<Approval>.Lost(WriteStatus.NotFound);
            }

            if (row.Approval.Status != ApprovalStatus.Pending)
            {
                return WriteResult<Approval>.Lost(WriteStatus.Conflict);
            }

            var decided = row.Approval with
            {
                Status = decision.Status,
                DecidedById = IfThere(data, decision.DecidedById),
                DecidedBy = decision.DecidedBy,
                DecidedAt = Instants.Cut(decision.DecidedAt),
                Reason = decision.Reason,
            };
            row = row with { Approval = decided };
            row = decision.HoldUntil is { } until ? Hold(row, until) : row;
            data.Approvals = data.Approvals.With(row);
            write.Commit(by);
            return WriteResult<Approval>.Done(row.Approval);
        },
        cancellationToken);

    public Task<IReadOnlyList<Approval>> LeaseUndeliveredAsync(
        int limit, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancellationToken) => Write<IReadOnlyList<Approval>>(
        write =>
        {
            var data = write.Data;
            var leased = data.Approvals.Rows
                .Where(row => row.IsUndelivered && !(now < row.HeldUntil) && !(now < row.DueAt))
                .OrderBy(row => row.Approval.DecidedAt)
                .ThenBy(row => row.Id)
                .Take(limit)
                .Select(row => Hold(row, until))
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

    private static bool Matches(MemoryData data, Approval approval, ApprovalQuery query) =>
        (query.Status is not { } status || approval.Status == status)
        && (query.SubmitterId is not { } submitter || approval.SubmitterId == submitter)
        && (query.Ids is not { } ids || ids.Contains(approval.Id))
        && (query.WaitedAt is not { } at || approval.Status == ApprovalStatus.Pending || IsDecidedAfter(approval, at))
        && (query.FirstId is not { } first || approval.Id >= first)
        && (query.GroupId is not { } group
            || (approval.SubmitterId is { } member && data.Users.Find(member)?.GroupIds.Contains(group) == true))
        && Asks(approval.Task, query);

    private static bool Asks(TaskSubmission task, ApprovalQuery query) =>
        (query.Node is not { } node || task.TargetNode == node)
        && (query.AsksForGpus is not { } asks || task.RequiredGpus.Count > 0 == asks)
        && (query.LeastCores is not { } cores || task.RequiredCores >= cores)
        && (query.LeastMemoryBytes is not { } bytes || task.RequiredMemoryBytes >= bytes);

    private static bool IsDecidedAfter(Approval approval, DateTimeOffset at) =>
        approval.DecidedAt is { } decided && decided > at && decided > approval.SubmittedAt;

    private static ApprovalRow Hold(ApprovalRow row, DateTimeOffset until) => row with
    {
        Approval = row.Approval with { DeliveryAttempts = row.Approval.DeliveryAttempts + 1 },
        HeldUntil = Instants.Cut(until),
    };

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

    // A user deleted in the meantime is named, but no longer referenced: as if the deletion had come later.
    private static long? IfThere(MemoryData data, long? userId) => userId is { } id && data.Users.Find(id) is not null ? id : null;

    private static TaskSubmission Copy(TaskSubmission task) => task with
    {
        Arguments = [.. task.Arguments],
        RequiredGpus = [.. task.RequiredGpus],
        Details = task.Details.Where(d => !task.SecretDetails.Contains(d.Key, StringComparer.Ordinal))
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
        SecretDetails = task.SecretDetails.ToImmutableSortedSet(StringComparer.Ordinal),
    };
}
