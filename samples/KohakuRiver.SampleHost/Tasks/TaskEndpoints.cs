using System.Globalization;
using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;
using KohakuRiver.SampleHost.Data;
using KohakuRiver.SampleHost.Http;
using KohakuRiver.SampleHost.Running;
using Microsoft.AspNetCore.Mvc;

namespace KohakuRiver.SampleHost.Tasks;

/// <summary>Looking at tasks and stopping them.</summary>
internal static class TaskEndpoints
{
    private const int DefaultLimit = 500;
    private const int LargestLimit = 10_000;
    private const int BatchSize = 1000;

    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/tasks", ListAsync).RequirePermission(Permissions.ViewTasks);
        app.MapGet("/api/tasks/{task_id}", FindAsync).RequirePermission(Permissions.ViewTasks);
        app.MapGet("/api/status/{task_id}", FindAsync).RequirePermission(Permissions.ViewTasks);
        app.MapPost("/api/kill/{task_id}", KillAsync).RequirePermission(Permissions.ViewTasks).TakesNoForm();
        SubmitEndpoint.Map(app);
    }

    private static async Task<IResult> ListAsync(
        Actor actor, TaskStore tasks, ApprovalService approvals, string? status, string? node, string? limit, CancellationToken ct)
    {
        var most = DefaultLimit;
        var fault = new FieldFaults()
            .Add("status", status is null || TaskStatuses.All.Contains(status) ? null : $"One of: {string.Join(", ", TaskStatuses.All)}.")
            .Add("limit", limit is null || (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= LargestLimit)
                ? null : $"A whole number from 1 to {LargestLimit}.")
            .ToRefusal();
        if (fault is not null)
        {
            return Answers.Refused(fault);
        }

        // A decision may stand in the approval before the task here has moved, so what waits is always looked at too.
        IReadOnlyList<string>? statuses = status is null ? null : [status, TaskStatuses.PendingApproval];
        var found = new List<TaskBody>();
        var before = long.MaxValue;
        while (found.Count < most)
        {
            var batch = await tasks.ListAsync(statuses, node, before, BatchSize, ct);
            var decided = await approvals.FindAsync([.. batch.Select(t => HostIds.ToText(t.Id))], ct);
            found.AddRange(batch.Select(t => TaskBody.Of(t, decided.GetValueOrDefault(HostIds.ToText(t.Id)), actor))
                .Where(t => status is null || t.Status == status).Take(most - found.Count));
            if (batch.Count < BatchSize)
            {
                break;
            }

            before = batch[^1].Id;
        }

        return Results.Ok(found);
    }

    private static async Task<IResult> FindAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskStore tasks, ApprovalService approvals, CancellationToken ct)
    {
        if (!HostIds.TryRead(taskId, out var id) || await tasks.FindAsync(id, ct) is not { } task)
        {
            return Answers.NotFound("There is no such task.");
        }

        var approval = (await approvals.FindAsync([taskId], ct)).GetValueOrDefault(taskId);
        return Results.Ok(TaskBody.Of(task, approval, actor));
    }

    private static async Task<IResult> KillAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskStore tasks, ApprovalService approvals, RunSignal signal, CancellationToken ct)
    {
        if (!HostIds.TryRead(taskId, out var id) || await tasks.FindAsync(id, ct) is not { } task)
        {
            return Answers.NotFound("There is no such task.");
        }

        var may = TaskRules.Kill(actor, task.OwnerId);
        if (!may.IsAllowed)
        {
            return Answers.Refused(may.Refusal);
        }

        if (await tasks.TryMoveAsync(id, TaskStatuses.Pending, TaskStatuses.Killed, ct))
        {
            return Answers.Message("Task killed before it ran.");
        }

        if (await tasks.TryRequestKillAsync(id, ct))
        {
            signal.Raise();
            return Answers.Message("Task is being killed.");
        }

        // Approved, but not handed over yet: the hand-over finds it killed and leaves it so.
        var approval = (await approvals.FindAsync([taskId], ct)).GetValueOrDefault(taskId);
        if (approval?.Status == ApprovalStatus.Approved && await tasks.TryMoveAsync(id, TaskStatuses.PendingApproval, TaskStatuses.Killed, ct))
        {
            return Answers.Message("Task killed before it ran.");
        }

        return Answers.Conflict(approval?.Status == ApprovalStatus.Pending
            ? "This task waits for approval: withdraw it, or have it rejected."
            : "This task has ended already.");
    }
}
