using KohakuRiver.Auth.AdminPanel.Tasks;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The host's tasks, where it shows them: list, detail, submitting, withdrawing, stopping.</summary>
internal static class TaskEndpoints
{
    internal const int PageSize = 50;

    /// <summary>The page of a new task. No id of a host holds the first character, so that it stands in no task's way.</summary>
    internal const string New = "/tasks/~new";

    private const long Mebibyte = 1024 * 1024;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/tasks", ListAsync).RequirePermission(Permissions.ViewTasks);
        panel.Page(New, ShowNewAsync).RequirePermission(Permissions.SubmitTasks);
        panel.Post<SubmitTaskForm>(New, SubmitAsync, again: ShowNewAsync).RequirePermission(Permissions.SubmitTasks);
        panel.Page("/tasks/{taskId}", ShowAsync).RequirePermission(Permissions.ViewTasks);
        panel.Post<DecideTaskForm>("/tasks/{taskId}/decide", DecideAsync, again: ShowAsync).RequirePermission(Permissions.ApproveTasks);
        panel.Post("/tasks/{taskId}/kill", KillAsync, again: ShowAsync).RequirePermission(Permissions.ViewTasks);
        panel.Post("/tasks/{taskId}/withdraw", WithdrawAsync, again: ShowAsync).RequirePermission(Permissions.ViewTasks);
    }

    private static async Task<IResult> ListAsync(PanelContext panel)
    {
        if (Directory(panel) is not { } tasks)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var query = new StrictQuery(panel.Http);
        var own = query.Bool("own") == true;
        var name = query.Text("person", 100);
        var place = PagePlace.Read(query, order: null);
        var wanted = new TaskListQuery
        {
            Status = query.Text("status", 50),
            Node = query.Text("node", 200),
            OwnerId = own ? panel.Actor.Id : null,
            Page = new PageRequest(PageSize, place.Cursor),
        };
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var person = await PeopleSearch.WantAsync(panel, own ? null : name);
        wanted = wanted with { OwnerId = wanted.OwnerId ?? person.Id };
        var page = await tasks.ListAsync(panel.Actor, wanted, panel.Ct);
        var shown = page with { Items = [.. page.Items.Select(t => Hide(panel, t))] };
        return PanelAnswers.Page<TasksPage>(new TasksModel(shown, wanted, own, person, place, await NodeEndpoints.FindAsync(panel)));
    }

    // A task that the host's directory does not have (any more), or a host without one: what was submitted is still there.
    private static async Task<IResult> ShowAsync(
        PanelContext panel, string taskId, IApprovalService approvals, ISettingsService settings)
    {
        if (FieldRules.HostId(taskId) is not null)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var task = Directory(panel) is { } tasks ? await tasks.FindAsync(panel.Actor, taskId, panel.Ct) : null;
        var approval = (await approvals.FindAsync([taskId], panel.Ct)).GetValueOrDefault(taskId);
        var seen = Seen(panel, approval);
        if (task is null && seen is null)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var required = (await settings.GetEffectiveAsync(panel.Ct)).ApprovalRequiredRoles;
        return PanelAnswers.Page<TaskPage>(new TaskModel(
            Hide(panel, task ?? Submitted(seen!)),
            seen,
            task is not null,
            approval is not null && TaskRules.Withdraw(panel.Actor, approval).IsAllowed,
            task?.CanBeKilled == true && TaskRules.Kill(panel.Actor, task.OwnerId).IsAllowed,
            seen is not null && TaskRules.DecideApproval(panel.Actor, seen, required).IsAllowed));
    }

    /// <summary>A task that has a page for its reader, without what they may not see; null for none.</summary>
    internal static async Task<TaskInfo?> FindAsync(PanelContext panel, IApprovalService approvals, string taskId)
    {
        if (Directory(panel) is { } tasks && await tasks.FindAsync(panel.Actor, taskId, panel.Ct) is { } task)
        {
            return Hide(panel, task);
        }

        return Seen(panel, (await approvals.FindAsync([taskId], panel.Ct)).GetValueOrDefault(taskId)) is { } seen
            ? Hide(panel, Submitted(seen))
            : null;
    }

    private static Approval? Seen(PanelContext panel, Approval? approval) =>
        approval is not null && TaskRules.SeesContent(panel.Actor, approval.SubmitterId) ? approval : null;

    private static async Task<IResult> DecideAsync(
        PanelContext panel, string taskId, DecideTaskForm form, IApprovalService approvals, ISettingsService settings)
    {
        if (Haste.IsTooEarly(panel, form.ShownAt))
        {
            return PanelAnswers.Done(panel, Path(taskId), "too-early");
        }

        var decided = new Decided();
        if (await decided.AllAsync(panel, approvals, form.Decision, form.Reason, [taskId]) is { } refusal)
        {
            return refusal.Kind == RefusalKind.Invalid
                ? await PanelAnswers.AgainAsync(panel, refusal, () => ShowAsync(panel, taskId, approvals, settings))
                : PanelAnswers.Refused(refusal);
        }

        await decided.LeaveAsync(panel, approvals, form.Decision);
        return PanelAnswers.SeeOther(panel.Url(Path(taskId)));
    }

    private static async Task<IResult> ShowNewAsync(PanelContext panel, ISettingsService settings) => panel.HasTasks
        ? PanelAnswers.Page<NewTaskPage>(new NewTaskModel(
            await NodeEndpoints.FindAsync(panel),
            TaskRules.NeedsApproval(panel.Actor, (await settings.GetEffectiveAsync(panel.Ct)).ApprovalRequiredRoles)))
        : PanelAnswers.Refused(Refusals.Hidden);

    private static async Task<IResult> SubmitAsync(
        PanelContext panel, SubmitTaskForm form, ISettingsService settings, IApprovalService approvals)
    {
        if (Directory(panel) is not { } tasks)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var request = new TaskRequest
        {
            Command = form.Command.Filled(),
            Arguments = (form.Arguments ?? "").TrimEnd('\n') is { Length: > 0 } lines ? lines.Split('\n') : [],
            RequiredCores = form.RequiredCores ?? 0,
            RequiredMemoryBytes = form.MemoryMib * Mebibyte,
            RequiredGpus = Gpus(panel, form),
            Target = form.Target.Filled(),
        };
        var refusal = form.Faults.ToRefusal();
        if (refusal is null)
        {
            var outcome = await tasks.SubmitAsync(panel.Actor, request, panel.Ct);
            if (outcome.IsSuccess)
            {
                var approval = (await approvals.FindAsync([outcome.Value], panel.Ct)).GetValueOrDefault(outcome.Value);
                return PanelAnswers.Done(
                    panel, Path(outcome.Value), approval?.Status == ApprovalStatus.Pending ? "task-waits" : "task-submitted");
            }

            refusal = outcome.Refusal;
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => ShowNewAsync(panel, settings));
    }

    private static async Task<IResult> KillAsync(PanelContext panel, string taskId)
    {
        if (Directory(panel) is not { } tasks || FieldRules.HostId(taskId) is not null)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var outcome = await tasks.KillAsync(panel.Actor, taskId, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, Path(taskId), "task-killed") : PanelAnswers.Refused(outcome.Refusal);
    }

    private static async Task<IResult> WithdrawAsync(PanelContext panel, string taskId, IApprovalService approvals)
    {
        var outcome = await approvals.WithdrawAsync(panel.Actor, taskId, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, Path(taskId), "task-withdrawn")
            : outcome.Refusal.Kind == RefusalKind.Conflict ? PanelAnswers.Done(panel, Path(taskId), "decided-elsewhere")
            : PanelAnswers.Refused(outcome.Refusal);
    }

    /// <summary>A task as it was submitted.</summary>
    internal static TaskInfo Submitted(Approval approval) => new()
    {
        TaskId = approval.Task.TaskId,
        TaskType = approval.Task.TaskType,
        Status = approval.Status.ToName(),
        Command = approval.Task.Command,
        Arguments = approval.Task.Arguments,
        RequiredCores = approval.Task.RequiredCores,
        RequiredMemoryBytes = approval.Task.RequiredMemoryBytes,
        RequiredGpus = approval.Task.RequiredGpus,
        Node = approval.Task.TargetNode,
        OwnerId = approval.SubmitterId,
        Owner = approval.Submitter,
        SubmittedAt = approval.SubmittedAt,
    };

    // The host has hidden it by the same rule; a host that forgot shows nothing here either.
    internal static TaskInfo Hide(PanelContext panel, TaskInfo task) => TaskRules.SeesContent(panel.Actor, task.OwnerId)
        ? task
        : task with { Command = null, Arguments = null, Environment = null, Stdout = null, Stderr = null };

    private static List<int> Gpus(PanelContext panel, SubmitTaskForm form)
    {
        var ids = new List<int>();
        foreach (var part in (form.RequiredGpus ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
            {
                form.Faults.Add(nameof(form.RequiredGpus), "Separate GPU IDs with commas, such as: 0, 1");
                return [];
            }

            ids.Add(id);
        }

        return ids;
    }

    private static ITaskDirectory? Directory(PanelContext panel) => panel.Http.RequestServices.GetService<ITaskDirectory>();

    private static string Path(string taskId) => "/tasks/" + Uri.EscapeDataString(taskId);
}
