using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Submissions and decisions. Their delivery stands in the other part.</summary>
internal sealed partial class InMemoryApprovalStore(InMemoryDatabase database) : InMemoryStore(database), IApprovalStore
{
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
        data => MemoryPaging.Newest(
            data.Approvals.NewestFirst
                .Select(row => row.Approval)
                .Where(approval => (query.Status is not { } status || approval.Status == status)
                    && (query.SubmitterId is not { } submitter || approval.SubmitterId == submitter)),
            query.Page,
            approval => approval.Id,
            query.Offset),
        cancellationToken);

    public Task<int> CountPendingAsync(CancellationToken cancellationToken) =>
        Read(data => data.Approvals.Rows.Count(row => row.Approval.Status == ApprovalStatus.Pending), cancellationToken);

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

            data.Approvals = data.Approvals.With(new ApprovalRow(made));
            write.Commit(by, made.Id);
            return WriteResult<Approval>.Done(made);
        },
        cancellationToken);

    public Task<WriteResult<Approval>> TryDecideAsync(
        string taskId, ApprovalDecision decision, long? onlySubmitterId, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            if (decision.Status == ApprovalStatus.Pending)
            {
                throw new ArgumentException("To stay pending is no decision.", nameof(decision));
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
            data.Approvals = data.Approvals.With(row with { Approval = decided });
            write.Commit(by);
            return WriteResult<Approval>.Done(decided);
        },
        cancellationToken);

    // Somebody who was deleted meanwhile is named, but no longer pointed at: as if the deletion had come later.
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
