using System.Globalization;
using System.Text;
using KohakuRiver.Auth;
using Microsoft.AspNetCore.Mvc;

namespace KohakuRiver.SampleHost;

/// <summary>Submitting tasks, looking at them and stopping them.</summary>
internal static class TaskEndpoints
{
    private const int DefaultLimit = 500;
    private const int LargestLimit = 10_000;

    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/tasks", ListAsync).RequirePermission(Permissions.ViewTasks);
        app.MapGet("/api/tasks/{task_id}", FindAsync).RequirePermission(Permissions.ViewTasks);
        app.MapGet("/api/tasks/{task_id}/stdout", ReadStdoutAsync).RequirePermission(Permissions.ViewTasks);
        app.MapGet("/api/tasks/{task_id}/stderr", ReadStderrAsync).RequirePermission(Permissions.ViewTasks);
        app.MapDelete("/api/tasks/{task_id}", RemoveAsync).RequirePermission(Permissions.ViewTasks).TakesNoForm();
        app.MapGet("/api/status/{task_id}", FindAnyAsync).RequirePermission(Permissions.ViewTasks);
        app.MapPost("/api/kill/{task_id}", KillAsync).RequirePermission(Permissions.ViewTasks).TakesNoForm();
        app.MapPost("/api/submit", SubmitAsync).RequirePermission(Permissions.SubmitTasks);
    }

    private static async Task<IResult> ListAsync(
        Actor actor, TaskViews tasks, string? status, string? node, string? limit, string? offset, CancellationToken cancellationToken)
    {
        var most = DefaultLimit;
        var leftOut = 0;
        var fault = new FieldFaults()
            .Add("status", status is null || TaskStatuses.All.Contains(status) ? null : $"One of: {string.Join(", ", TaskStatuses.All)}.")
            .Add(
                "limit",
                limit is null
                    || (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= LargestLimit)
                ? null : $"A whole number from 1 to {LargestLimit}.")
            .Add(
                "offset",
                offset is null || int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out leftOut)
                ? null : "A whole number from 0.")
            .ToRefusal();
        if (fault is not null)
        {
            return Answers.Refused(fault);
        }

        return Results.Ok(await tasks.ListAsync(actor, status, node, most, cancellationToken, leftOut: leftOut));
    }

    private static async Task<IResult> FindAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskViews tasks, CancellationToken cancellationToken) =>
        await tasks.FindAsync(actor, taskId, cancellationToken) is { } task ? Results.Ok(task) : Answers.NotFound("There is no such task.");

    // KohakuRiver keeps instances among its tasks, so its clients ask here for both.
    private static async Task<IResult> FindAnyAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskViews tasks, VpsViews instances, CancellationToken cancellationToken)
    {
        if (await tasks.FindAsync(actor, taskId, cancellationToken) is { } task)
        {
            return Results.Ok(task);
        }

        return await instances.FindAsync(actor, taskId, cancellationToken) is { } vps
            ? Results.Ok(vps)
            : Answers.NotFound("There is no such task or VPS.");
    }

    private static Task<IResult> ReadStdoutAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskStore tasks, string? lines, CancellationToken cancellationToken) =>
        ReadAsync(taskId, actor, tasks, lines, t => t.Stdout, cancellationToken);

    private static Task<IResult> ReadStderrAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskStore tasks, string? lines, CancellationToken cancellationToken) =>
        ReadAsync(taskId, actor, tasks, lines, t => t.Stderr, cancellationToken);

    // The whole of it as plain text, or its last lines.
    private static async Task<IResult> ReadAsync(
        string taskId, Actor actor, TaskStore tasks, string? lines, Func<TaskRow, string?> stream, CancellationToken cancellationToken)
    {
        var most = int.MaxValue;
        if (lines is not null && (!int.TryParse(lines, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most == 0))
        {
            return Answers.Faulty("lines", "A whole number from 1.");
        }

        if (!HostIds.TryRead(taskId, out var id) || await tasks.FindAsync(id, cancellationToken) is not { } task)
        {
            return Answers.NotFound("There is no such task.");
        }

        return TaskRules.SeesContent(actor, task.OwnerId)
            ? Results.Text(LastLines(stream(task) ?? "", most), "text/plain", Encoding.UTF8)
            : Answers.Refused(StatusCodes.Status403Forbidden, "The output of a task is for its submitter and for those who approve tasks.");
    }

    private static string LastLines(string text, int most)
    {
        // The end of the last line begins no line.
        for (var i = text.Length - 2; i >= 0; i--)
        {
            if (text[i] == '\n' && --most == 0)
            {
                return text[(i + 1)..];
            }
        }

        return text;
    }

    private static async Task<IResult> RemoveAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskRemoval removal, CancellationToken cancellationToken)
    {
        var outcome = await removal.RemoveAsync(actor, taskId, cancellationToken);
        return outcome.IsSuccess ? Results.Ok(new { Message = "Task deleted." }) : Answers.Refused(outcome.Refusal);
    }

    private static async Task<IResult> KillAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskKill kill, CancellationToken cancellationToken)
    {
        var outcome = await kill.KillAsync(actor, taskId, cancellationToken);
        return outcome.IsSuccess ? Results.Ok(new { Message = outcome.Value }) : Answers.Refused(outcome.Refusal);
    }

    private static async Task<IResult> SubmitAsync(
        SubmitRequest body, Actor actor, Submissions submissions, CancellationToken cancellationToken)
    {
        var outcome = await submissions.SubmitAsync(body, actor, cancellationToken);
        return outcome.IsSuccess
            ? Results.Json(outcome.Value, statusCode: StatusCodes.Status202Accepted)
            : Answers.Refused(outcome.Refusal);
    }
}
