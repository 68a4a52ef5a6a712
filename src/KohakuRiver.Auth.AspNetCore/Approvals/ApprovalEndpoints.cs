using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The approval queue and its decisions.</summary>
internal static class ApprovalEndpoints
{
    internal const string Approved = "Task approved.";
    internal const string Rejected = "Task rejected.";
    internal const string Withdrawn = "Task withdrawn.";

    private const string TaskIdText = "The host's id of the task.";
    private const int UsualHistory = 100;

    internal static void Map(RouteGroupBuilder api)
    {
        var approvals = api.Under("Approvals", "Tasks that wait for approval, and the history of decisions.");
        approvals.MapGet("/tasks/pending-approval", ListPendingAsync)
            .RequirePermission(Permissions.ApproveTasks)
            .Describe("listPendingTasks", "List tasks that wait for approval", "Newest first. Send offset or cursor, not both.")
            .Pages(ApprovalExamples.Pending, [
                QueryParameter.Int(
                    "offset", 0, int.MaxValue, "How many rows to skip. For existing clients; prefer cursor.", 0),
            ]);
        approvals.MapGet("/tasks/pending-approval/count", CountAsync)
            .RequirePermission(Permissions.ApproveTasks)
            .Describe("countPendingTasks", "Count tasks that wait for approval", null)
            .Answers(ApprovalExamples.Count);
        approvals.MapPost("/approve/{task_id}", ApproveAsync)
            .RequirePermission(Permissions.ApproveTasks)
            .Describe("approveTask", "Approve a task", "Of several callers one wins; the others get 409.")
            .OfExample()
            .Answers(ApprovalExamples.Approved, 404, 409);
        approvals.MapPost("/reject/{task_id}", RejectAsync)
            .RequirePermission(Permissions.ApproveTasks)
            .TakesOptionalJson(ApprovalExamples.Reject)
            .Asks(QueryParameter.Text(
                "reason", FieldRules.TextMaximum, "Why, for the submitter to read. Send it here or in the body, not both."))
            .Describe("rejectTask", "Reject a task", "The reason may be in the query or in the body.")
            .OfExample()
            .Answers(ApprovalExamples.Rejected, 404, 409);
        approvals.MapPost("/withdraw/{task_id}", WithdrawAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("withdrawTask", "Withdraw your own task", "Possible as long as it waits for approval.")
            .OfExample()
            .Answers(ApprovalExamples.Withdrawn, 404, 409);
        approvals.MapGet("/approvals", HistoryAsync)
            .RequirePermission(Permissions.ViewTasks)
            .Describe("listApprovals", "List the history of approvals", "Operators see all, others their own; newest first.")
            .Pages(
                ApprovalExamples.Decided,
                [QueryParameter.OneOf("status", ApprovalStatusNames.All, "Only tasks in this state.", "rejected")],
                UsualHistory);
        ApprovalEvents.Map(approvals);
    }

    private static RouteHandlerBuilder OfExample(this RouteHandlerBuilder endpoint) =>
        endpoint.WithPathExample("task_id", ApprovalExamples.TaskId);

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
        HttpContext http, Actor actor, [FromRoute(Name = "task_id"), Description(TaskIdText)] string taskId,
        IApprovalService approvals, CancellationToken cancellationToken) =>
        Replies.From(
            await approvals.ApproveAsync(actor, taskId, cancellationToken),
            approval => new TaskMessageResponse(Approved, approval.Task.TaskId));

    private static Task<IResult> RejectAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "task_id"), Description(TaskIdText)] string taskId,
        IApprovalService approvals, CancellationToken cancellationToken) =>
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
                    approval => new RejectResponse(Rejected, approval.Task.TaskId, approval.Reason));
        });

    private static async Task<IResult> WithdrawAsync(
        HttpContext http, Actor actor, [FromRoute(Name = "task_id"), Description(TaskIdText)] string taskId,
        IApprovalService approvals, CancellationToken cancellationToken) =>
        Replies.From(
            await approvals.WithdrawAsync(actor, taskId, cancellationToken),
            approval => new TaskMessageResponse(Withdrawn, approval.Task.TaskId));

    private static async Task<IResult> HistoryAsync(
        HttpContext http, Actor actor, IApprovalService approvals, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var status = query.OneOf<ApprovalStatus>("status", ApprovalStatusNames.All, ApprovalStatusNames.TryParse);
        var page = query.Page("-id", UsualHistory);
        return query.Refusal is { } fault
            ? Replies.Refused(fault)
            : Replies.Page(http, await approvals.ListAsync(actor, status, page, cancellationToken), approval => approval.ToResponse());
    }
}
