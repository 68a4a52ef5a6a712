using System.Globalization;
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
        app.MapGet("/api/status/{task_id}", FindAsync).RequirePermission(Permissions.ViewTasks);
        app.MapPost("/api/kill/{task_id}", KillAsync).RequirePermission(Permissions.ViewTasks).TakesNoForm();
        app.MapPost("/api/submit", SubmitAsync).RequirePermission(Permissions.SubmitTasks);
    }

    private static async Task<IResult> ListAsync(
        Actor actor, TaskViews tasks, string? status, string? node, string? limit, CancellationToken cancellationToken)
    {
        var most = DefaultLimit;
        var fault = new FieldFaults()
            .Add("status", status is null || TaskStatuses.All.Contains(status) ? null : $"One of: {string.Join(", ", TaskStatuses.All)}.")
            .Add(
                "limit",
                limit is null
                    || (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= LargestLimit)
                ? null : $"A whole number from 1 to {LargestLimit}.")
            .ToRefusal();
        if (fault is not null)
        {
            return Answers.Refused(fault);
        }

        return Results.Ok(await tasks.ListAsync(actor, status, node, most, cancellationToken));
    }

    private static async Task<IResult> FindAsync(
        [FromRoute(Name = "task_id")] string taskId, Actor actor, TaskViews tasks, CancellationToken cancellationToken) =>
        await tasks.FindAsync(actor, taskId, cancellationToken) is { } task ? Results.Ok(task) : Answers.NotFound("There is no such task.");

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
