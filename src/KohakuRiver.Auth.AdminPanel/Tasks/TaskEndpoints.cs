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
    private const int PageSize = 50;
    private const long Mebibyte = 1024 * 1024;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/tasks", ListAsync).RequirePermission(Permissions.ViewTasks);
        panel.Page("/tasks/new", ShowNewAsync).RequirePermission(Permissions.SubmitTasks);
        panel.Post("/tasks/new", SubmitAsync, "command arguments required_cores memory_mib required_gpus target")
            .RequirePermission(Permissions.SubmitTasks);
        panel.Page("/tasks/{taskId}", ShowAsync).RequirePermission(Permissions.ViewTasks);
        panel.Post("/tasks/{taskId}/kill", KillAsync, "").RequirePermission(Permissions.ViewTasks);
        panel.Post("/tasks/{taskId}/withdraw", WithdrawAsync, "").RequirePermission(Permissions.ViewTasks);
    }

    private static async Task<IResult> ListAsync(PanelContext panel)
    {
        if (Directory(panel) is not { } tasks)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var query = new StrictQuery(panel.Http);
        var own = query.Bool("own");
        var wanted = new TaskListQuery
        {
            Status = query.Text("status", 50),
            Node = query.Text("node", 200),
            OwnerId = own == true ? panel.Actor.Id : null,
            Page = new PageRequest(PageSize, query.Cursor()),
        };
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await tasks.ListAsync(panel.Actor, wanted, panel.Ct);
        var shown = page with { Items = [.. page.Items.Select(t => Hide(panel, t))] };
        return PanelAnswers.Page<TasksPage>(new TasksModel(shown, wanted, await NodeEndpoints.FindAsync(panel)));
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, string taskId, IApprovalService approvals)
    {
        if (Directory(panel) is not { } tasks
            || FieldRules.HostId(taskId) is not null
            || await tasks.FindAsync(panel.Actor, taskId, panel.Ct) is not { } task)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var approval = (await approvals.FindAsync([taskId], panel.Ct)).GetValueOrDefault(taskId);
        return PanelAnswers.Page<TaskPage>(new TaskModel(
            Hide(panel, task),
            approval is not null && TaskRules.SeesContent(panel.Actor, approval.SubmitterId) ? approval : null,
            approval is not null && TaskRules.Withdraw(panel.Actor, approval).IsAllowed,
            task.CanBeKilled && TaskRules.Kill(panel.Actor, task.OwnerId).IsAllowed));
    }

    private static async Task<IResult> ShowNewAsync(PanelContext panel, ISettingsService settings) => panel.HasTasks
        ? PanelAnswers.Page<NewTaskPage>(new NewTaskModel(
            await NodeEndpoints.FindAsync(panel),
            TaskRules.NeedsApproval(panel.Actor, (await settings.GetEffectiveAsync(panel.Ct)).ApprovalRequiredRoles)))
        : PanelAnswers.Refused(Refusals.Hidden);

    private static async Task<IResult> SubmitAsync(PanelContext panel, ISettingsService settings, IApprovalService approvals)
    {
        if (Directory(panel) is not { } tasks)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var form = panel.Form!;
        var faults = new FieldFaults();
        var request = new TaskRequest
        {
            Command = form.Filled("command"),
            Arguments = (form.Text("arguments") ?? "").TrimEnd('\n') is { Length: > 0 } lines ? lines.Split('\n') : [],
            RequiredCores = form.Number("required_cores", faults) ?? 0,
            RequiredMemoryBytes = form.Number("memory_mib", faults) * Mebibyte,
            RequiredGpus = Gpus(form.Filled("required_gpus"), faults),
            Target = form.Filled("target"),
        };
        var refusal = faults.ToRefusal();
        if (refusal is null)
        {
            var outcome = await tasks.SubmitAsync(panel.Actor, request, panel.Ct);
            if (outcome.IsSuccess)
            {
                var approval = (await approvals.FindAsync([outcome.Value], panel.Ct)).GetValueOrDefault(outcome.Value);
                return PanelAnswers.Done(
                    panel, Path(outcome.Value), approval?.Status == ApprovalStatus.Pending ? "task-waits" : "task-submitted");
            }

            refusal = Renamed(outcome.Refusal);
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

    // The host has hidden it by the same rule; a host that forgot shows nothing here either.
    private static TaskInfo Hide(PanelContext panel, TaskInfo task) => TaskRules.SeesContent(panel.Actor, task.OwnerId)
        ? task
        : task with { Command = null, Arguments = null, Environment = null, Stdout = null, Stderr = null };

    private static List<int> Gpus(string? text, FieldFaults faults)
    {
        var ids = new List<int>();
        foreach (var part in (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
            {
                faults.Add("required_gpus", "Write GPU ids with commas between them, such as: 0, 1");
                return [];
            }

            ids.Add(id);
        }

        return ids;
    }

    // Hosts speak of the fields of the HTTP contract.
    private static Refusal Renamed(Refusal refusal) => refusal.Errors is { } errors
        ? new Refusal(refusal.Kind, refusal.Message)
        {
            Errors = errors.GroupBy(
                    e => e.Key switch { "required_memory_bytes" => "memory_mib", "targets" => "target", _ => e.Key },
                    StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.SelectMany(e => e.Value).ToArray(), StringComparer.Ordinal),
        }
        : refusal;

    private static ITaskDirectory? Directory(PanelContext panel) => panel.Http.RequestServices.GetService<ITaskDirectory>();

    private static string Path(string taskId) => "/tasks/" + Uri.EscapeDataString(taskId);
}
