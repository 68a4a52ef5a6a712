using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The approval queue and its decisions.</summary>
internal static class ApprovalEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tasks/pending-approval", ListPendingAsync).RequirePermission(Permissions.ApproveTasks)
            .Describe("listPendingTasks", "List tasks that wait for approval", "Newest first. Send offset or cursor, not both.")
                .Pages<PendingTaskResponse>("offset");
        api.MapGet("/tasks/pending-approval/count", CountAsync).RequirePermission(Permissions.ApproveTasks)
            .Describe("countPendingTasks", "Count tasks that wait for approval", null).Answers<CountResponse>();
        api.MapPost("/approve/{task_id}", ApproveAsync).RequirePermission(Permissions.ApproveTasks)
            .Describe("approveTask", "Approve a task", "Of many callers one wins; the others get 409.")
                .Answers<TaskMessageResponse>(404, 409);
        api.MapPost("/reject/{task_id}", RejectAsync)
            .RequirePermission(Permissions.ApproveTasks)
            .TakesOptionalJson<RejectRequest>()
            .Asks("reason")
            .Describe("rejectTask", "Reject a task", "The reason may stand in the query or in the body.").Answers<RejectResponse>(404, 409);
        api.MapPost("/withdraw/{task_id}", WithdrawAsync).RequirePermission(Permissions.ManageOwnAccount)
            .Describe("withdrawTask", "Withdraw one's own task", "While it waits.").Answers<TaskMessageResponse>(404, 409);
        api.MapGet("/approvals", HistoryAsync).RequirePermission(Permissions.ViewTasks)
            .Describe("listApprovals", "List the history of approvals", "Operators see all, others their own; newest first.")
                .Pages<ApprovalResponse>("status");
    }

    private static async Task<IResult> ListPendingAsync(
        HttpContext http, Actor actor, IApprovalService approvals, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var page = query.Page("-id");
        var offset = query.Offset();
        if (offset > 0 && page.After is not null)
        {
            query.Fault("offset", "Send offset or cursor, not both.");
        }

        return query.Refusal is { } fault
            ? Replies.Refused(fault)
            : Replies.Page(
                http, await approvals.ListPendingAsync(actor, page, offset, cancellationToken), approval => approval.ToPending());
    }

    private static async Task<IResult> CountAsync(
        HttpContext http, Actor actor, IApprovalService approvals, CancellationToken cancellationToken) =>
        Replies.From(await approvals.CountPendingAsync(actor, cancellationToken), count => new CountResponse(count));

    private static async Task<IResult> ApproveAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "task_id")] string taskId, IApprovalService approvals,
        CancellationToken cancellationToken) =>
        Replies.From(
            await approvals.ApproveAsync(actor, taskId, cancellationToken),
            approval => new TaskMessageResponse("Task approved.", approval.Task.TaskId));

    private static Task<IResult> RejectAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "task_id")] string taskId, IApprovalService approvals,
        CancellationToken cancellationToken) =>
        Replies.WithOptionalBodyAsync(http, new RejectRequest(null), async body =>
        {
            var query = new StrictQuery(http);
            var reason = query.Text("reason", FieldRules.TextMaximum);
            if (reason is not null && body.Reason is not null)
            {
                query.Fault("reason", "Send the reason in the query or in the body, not both.");
            }

            return query.Refusal is { } fault
                ? Replies.Refused(fault)
                : Replies.From(
                    await approvals.RejectAsync(actor, taskId, reason ?? body.Reason, cancellationToken),
                    approval => new RejectResponse("Task rejected.", approval.Task.TaskId, approval.Reason));
        });

    private static async Task<IResult> WithdrawAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "task_id")] string taskId, IApprovalService approvals,
        CancellationToken cancellationToken) =>
        Replies.From(
            await approvals.WithdrawAsync(actor, taskId, cancellationToken),
            approval => new TaskMessageResponse("Task withdrawn.", approval.Task.TaskId));

    private static async Task<IResult> HistoryAsync(
        HttpContext http, Actor actor, IApprovalService approvals, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var status = query.OneOf<ApprovalStatus>("status", ApprovalStatusNames.All, ApprovalStatusNames.TryParse);
        var page = query.Page("-id", usual: 100);
        return query.Refusal is { } fault
            ? Replies.Refused(fault)
            : Replies.Page(http, await approvals.ListAsync(actor, status, page, cancellationToken), approval => approval.ToResponse());
    }
}
