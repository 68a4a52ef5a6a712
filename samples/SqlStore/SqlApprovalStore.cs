using System.Data.Common;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Submissions, the decisions about them, and whether the host accepted them.</summary>
internal sealed class SqlApprovalStore(SqlDatabase database) : IApprovalStore
{
    private const int MostIds = 10_000;

    public object TransactionDomain => database;

    public Task<Approval?> FindAsync(string taskId, CancellationToken cancellationToken) =>
        database.ReadAsync(work => FindAsync(work, taskId), cancellationToken);

    public Task<IReadOnlyList<Approval>> FindAsync(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taskIds.Count, MostIds, nameof(taskIds));
        return database.ReadAsync<IReadOnlyList<Approval>>(
            async work => await work.ListAsync($"SELECT * FROM approvals WHERE task_id IN (SELECT value FROM json_each({taskIds}))", Read),
            cancellationToken);
    }

    public Task<Page<Approval>> ListAsync(ApprovalQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        async work =>
        {
            var matching = Matching(query);
            var ordered = query.OldestFirst
                ? (FormattableString)$"id > {Paging.Above(query.Page)} ORDER BY id"
                : $"id < {Paging.Below(query.Page)} ORDER BY id DESC";
            return Paging.Cut(
                await work.ListAsync(
                    $"SELECT * FROM approvals WHERE {matching} AND {ordered} LIMIT {query.Page.Limit + 1} OFFSET {query.Offset}", Read),
                query.Page,
                await work.NumberAsync($"SELECT COUNT(*) FROM approvals WHERE {matching}"),
                approval => Paging.CursorOf(approval.Id, query.OldestFirst));
        },
        cancellationToken);

    public Task<int> CountPendingAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async work => (int)(await work.NumberAsync($"SELECT COUNT(*) FROM approvals WHERE status = {ApprovalStatus.Pending}") ?? 0),
        cancellationToken);

    public Task<IReadOnlyList<PendingSubmitter>> ListPendingSubmittersAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PendingSubmitter>>(
            async work => await work.ListAsync(
                $"""
                SELECT submitter_id, MAX(submitter) AS name, COUNT(*) AS waiting FROM approvals
                WHERE status = {ApprovalStatus.Pending} AND submitter_id IS NOT NULL GROUP BY submitter_id
                """,
                row => new PendingSubmitter(row.Long("submitter_id"), row.Text("name"), row.Int("waiting"))),
            cancellationToken);

    public Task<WriteResult<Approval>> TryAddAsync(NewApproval approval, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                var task = approval.Task;
                var secret = task.SecretDetails.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                var details = task.Details.Where(d => !secret.Contains(d.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);
                work.MadeId = await work.NumberAsync($"""
                    INSERT INTO approvals (
                      task_id, task_type, command, arguments, required_cores, required_memory, required_gpus, target_node,
                      details, secret_details,
                      submitter_id, submitter, submitted_at, status)
                    SELECT {task.TaskId}, {task.TaskType}, {task.Command}, {task.Arguments}, {task.RequiredCores},
                      {task.RequiredMemoryBytes},
                      {SqlJson.Write(task.RequiredGpus)}, {task.TargetNode}, {SqlJson.Write(details)}, {secret},
                      (SELECT id FROM users WHERE id = {approval.SubmitterId}), {approval.Submitter}, {approval.SubmittedAt},
                      {ApprovalStatus.Pending}
                    WHERE NOT EXISTS (SELECT 1 FROM approvals WHERE task_id = {task.TaskId})
                    RETURNING id
                    """);
                if (work.MadeId is null)
                {
                    return WriteResult<Approval>.Lost(WriteStatus.NameTaken);
                }

                if (approval.ApprovedAtOnce)
                {
                    await work.RunAsync($"""
                        UPDATE approvals
                        SET status = {ApprovalStatus.Approved},
                          decided_by_id = submitter_id, decided_by = submitter, decided_at = submitted_at,
                          held_until = {approval.HoldUntil}, delivery_attempts = {(approval.HoldUntil is null ? 0 : 1)}
                        WHERE id = {work.MadeId}
                        """);
                }

                return WriteResult<Approval>.Done((await FindAsync(work, task.TaskId))!);
            },
            cancellationToken);

    public Task<WriteResult<Approval>> TryDecideAsync(
        string taskId, ApprovalDecision decision, long? onlySubmitterId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                // A user deleted in the meantime is named, but no longer referenced.
                var decided = await work.RunAsync($"""
                    UPDATE approvals SET
                      status = {decision.Status}, decided_by_id = (SELECT id FROM users WHERE id = {decision.DecidedById}),
                      decided_by = {decision.DecidedBy}, decided_at = {decision.DecidedAt}, reason = {decision.Reason},
                      held_until = {decision.HoldUntil}, delivery_attempts = {(decision.HoldUntil is null ? 0 : 1)}
                    WHERE task_id = {taskId} AND status = {ApprovalStatus.Pending}
                      AND ({onlySubmitterId} IS NULL OR submitter_id = {onlySubmitterId})
                    """) == 1;
                var approval = await FindAsync(work, taskId);
                return decided ? WriteResult<Approval>.Done(approval!)
                    : approval is null || (onlySubmitterId is { } submitter && approval.SubmitterId != submitter)
                        ? WriteResult<Approval>.Lost(WriteStatus.NotFound)
                        : WriteResult<Approval>.Lost(WriteStatus.Conflict);
            },
            cancellationToken);

    public Task<IReadOnlyList<Approval>> LeaseUndeliveredAsync(
        int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Approval>>(
            async work =>
            {
                var leased = await work.ListAsync(
                    $"""
                    UPDATE approvals SET held_until = {until}, delivery_attempts = delivery_attempts + 1
                    WHERE id IN (
                      SELECT id FROM approvals
                      WHERE status <> {ApprovalStatus.Pending} AND delivered_at IS NULL AND (held_until IS NULL OR held_until <= {now})
                        AND (due_at IS NULL OR due_at <= {now})
                      ORDER BY decided_at, id LIMIT {limit})
                    RETURNING *
                    """,
                    Read);
                return [.. leased.OrderBy(a => a.DecidedAt).ThenBy(a => a.Id)];
            },
            cancellationToken);

    public Task MarkDeliveredAsync(string taskId, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync($"""
            UPDATE approvals SET delivered_at = {at}, held_until = NULL, due_at = NULL
            WHERE task_id = {taskId} AND status <> {ApprovalStatus.Pending} AND delivered_at IS NULL
            """),
        cancellationToken);

    public Task MarkDeliveryFailedAsync(string taskId, DateTimeOffset nextTry, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync($"""
            UPDATE approvals SET held_until = NULL, due_at = {nextTry}
            WHERE task_id = {taskId} AND status <> {ApprovalStatus.Pending} AND delivered_at IS NULL
            """),
        cancellationToken);

    public Task<int> RemoveContentAsync(DateTimeOffset decidedBefore, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync($"""
            UPDATE approvals SET arguments = '[]', details = {NoDetails}, secret_details = '[]', content_removed = 1
            WHERE content_removed = 0 AND delivered_at IS NOT NULL AND decided_at < {decidedBefore}
            """),
        cancellationToken);

    public Task<DeliveryBacklog> ReadBacklogAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async work => (await work.FindAsync(
            $"""
            SELECT COUNT(*) AS waiting, MIN(decided_at) AS oldest FROM approvals
            WHERE status <> {ApprovalStatus.Pending} AND delivered_at IS NULL
            """,
            row => new DeliveryBacklog(row.Int("waiting"), row.InstantOrNull("oldest"))))!,
        cancellationToken);

    private static FormattableString Matching(ApprovalQuery query) => $"""
        ({query.Status} IS NULL OR status = {query.Status})
        AND ({query.SubmitterId} IS NULL OR submitter_id = {query.SubmitterId})
        AND ({query.Ids is null} OR id IN (SELECT value FROM json_each({query.Ids ?? []})))
        AND ({query.WaitedAt} IS NULL OR status = {ApprovalStatus.Pending}
          OR (decided_at > {query.WaitedAt} AND decided_at > submitted_at))
        AND ({query.FirstId} IS NULL OR id >= {query.FirstId})
        AND ({query.GroupId} IS NULL OR submitter_id IN (SELECT user_id FROM memberships WHERE group_id = {query.GroupId}))
        AND ({query.Node} IS NULL OR target_node = {query.Node})
        AND ({query.AsksForGpus} IS NULL OR (required_gpus <> '[]') = {query.AsksForGpus})
        AND ({query.LeastCores} IS NULL OR required_cores >= {query.LeastCores})
        AND ({query.LeastMemoryBytes} IS NULL OR required_memory >= {query.LeastMemoryBytes})
        """;

    // Braces in a statement would be a placeholder for a value.
    private static SqlText NoDetails { get; } = new("'{}'");

    private static Task<Approval?> FindAsync(SqlWork work, string taskId) =>
        work.FindAsync($"SELECT * FROM approvals WHERE task_id = {taskId}", Read);

    private static Approval Read(DbDataReader row) => new()
    {
        Id = row.Long("id"),
        Task = new TaskSubmission
        {
            TaskId = row.Text("task_id"),
            TaskType = row.Text("task_type"),
            Command = row.Text("command"),
            Arguments = row.Json<List<string>>("arguments"),
            RequiredCores = row.Int("required_cores"),
            RequiredMemoryBytes = row.LongOrNull("required_memory"),
            RequiredGpus = row.Json<List<int>>("required_gpus"),
            TargetNode = row.TextOrNull("target_node"),
            Details = new SortedDictionary<string, string>(row.Json<Dictionary<string, string>>("details"), StringComparer.Ordinal),
            SecretDetails = row.Json<List<string>>("secret_details"),
        },
        ContentRemoved = row.Int("content_removed") == 1,
        SubmitterId = row.LongOrNull("submitter_id"),
        Submitter = row.Text("submitter"),
        SubmittedAt = row.Instant("submitted_at"),
        Status = (ApprovalStatus)row.Int("status"),
        DecidedById = row.LongOrNull("decided_by_id"),
        DecidedBy = row.TextOrNull("decided_by"),
        DecidedAt = row.InstantOrNull("decided_at"),
        Reason = row.TextOrNull("reason"),
        DeliveredAt = row.InstantOrNull("delivered_at"),
        DeliveryAttempts = row.Int("delivery_attempts"),
    };
}
