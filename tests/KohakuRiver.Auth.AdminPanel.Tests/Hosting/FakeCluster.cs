using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Components;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>A host's nodes, tasks and VPS, in memory.</summary>
internal sealed class FakeCluster(IApprovalService approvals, TimeProvider clock) : INodeDirectory, ITaskDirectory, IVpsDirectory,
    IVpsLifecycle, ITaskApprovalHandler
{
    private static readonly Lock Gate = new();
    private readonly List<TaskInfo> tasks = [];
    private int last;

    public List<VpsInfo> Instances { get; } =
        [new("vps-1", "training", "node-a", "running"), new("vps-2", "notebook", "node-b", "stopped"), new("vps-3", "spare")];

    public List<NodeInfo> Nodes { get; } =
    [
        new("node-a", "online", 64, 256L << 30, ["NVIDIA A100", "NVIDIA A100"], 12, 80L << 30),
        new("node-b", "offline", 16, 64L << 30, []),
    ];

    /// <summary>What is asked for of a new instance: everything, so that every field of the form is there.</summary>
    public VpsOffer Offer { get; set; } = new()
    {
        Fields = VpsFields.Node | VpsFields.Image | VpsFields.Cores | VpsFields.Memory | VpsFields.Gpus | VpsFields.SshKey,
        Nodes = ["node-a", "node-b"],
    };

    /// <summary>What creating and deleting instances throw; null = they work.</summary>
    public Exception? VpsFault { get; set; }

    public List<VpsRequest> Requests { get; } = [];

    /// <summary>Changes what a task shows.</summary>
    public Func<TaskInfo, TaskInfo> Shows { get; set; } = task => task;

    public List<string> Killed { get; } = [];

    Task<IReadOnlyList<NodeInfo>> INodeDirectory.ListAsync(CancellationToken cancellationToken) => Task
        .FromResult<IReadOnlyList<NodeInfo>>([.. Nodes]);

    Task<IReadOnlyList<VpsInfo>> IVpsDirectory.ListAsync(CancellationToken cancellationToken) => Task
        .FromResult<IReadOnlyList<VpsInfo>>([.. Instances]);

    Task<VpsInfo?> IVpsDirectory.FindAsync(string vpsId, CancellationToken cancellationToken) => Task
        .FromResult(Instances.Find(v => v.VpsId == vpsId));

    public Task<VpsOffer> DescribeAsync(Actor actor, CancellationToken cancellationToken) =>
        VpsFault is null ? Task.FromResult(Offer) : Task.FromException<VpsOffer>(VpsFault);

    public Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        if (request.Node == "node-b")
        {
            return Task.FromResult<KohakuResult<VpsInfo>>(Refusal.Field(nameof(request.Node), "node-b is full."));
        }

        var made = new VpsInfo($"made-{Requests.Count}", request.Name!, request.Node, "running") { Owner = actor.Username };
        Instances.Add(made);
        return Task.FromResult<KohakuResult<VpsInfo>>(made);
    }

    public Task<KohakuResult> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken) =>
        VpsFault is { } fault ? Task.FromException<KohakuResult>(fault)
        : Task.FromResult<KohakuResult>(Instances.RemoveAll(v => v.VpsId == vpsId) > 0 ? KohakuResult.Success : Refusals.Hidden);

    public Task<Page<TaskInfo>> ListAsync(Actor actor, TaskListQuery query, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            var found = tasks.Where(t => (query.Status is null || t.Status == query.Status)
                && (query.Node is null || t.Node == query.Node)
                && (query.OwnerId is null || t.OwnerId == query.OwnerId)).Reverse().ToList();
            return Task.FromResult(new Page<TaskInfo>([.. found.Take(query.Page.Limit).Select(Shows)], null, found.Count));
        }
    }

    public Task<TaskInfo?> FindAsync(Actor actor, string taskId, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            return Task.FromResult(tasks.Find(t => t.TaskId == taskId) is { } task ? Shows(task) : null);
        }
    }

    public async Task<KohakuResult<string>> SubmitAsync(Actor actor, TaskRequest request, CancellationToken cancellationToken)
    {
        if (request.Command == "forbidden")
        {
            return Refusal.Field("command", "This host does not run that.");
        }

        var id = Interlocked.Increment(ref last).ToString("D6", CultureInfo.InvariantCulture);
        lock (Gate)
        {
            tasks.Add(new TaskInfo
            {
                TaskId = id,
                Status = "pending_approval",
                Command = request.Command,
                Arguments = request.Arguments,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["MODE"] = "test" },
                RequiredCores = request.RequiredCores,
                RequiredMemoryBytes = request.RequiredMemoryBytes,
                RequiredGpus = request.RequiredGpus,
                Node = request.Target,
                OwnerId = actor.Id,
                Owner = actor.Username,
                SubmittedAt = clock.GetUtcNow(),
                Stdout = $"output of {request.Command}",
                Stderr = "",
                CanBeKilled = true,
            });
        }

        var outcome = await approvals.SubmitAsync(
            actor,
            new TaskSubmission
            {
                TaskId = id,
                Command = request.Command ?? "",
                Arguments = request.Arguments,
                RequiredCores = request.RequiredCores,
                RequiredMemoryBytes = request.RequiredMemoryBytes,
                RequiredGpus = request.RequiredGpus,
                TargetNode = request.Target,
            },
            cancellationToken);
        return outcome.IsSuccess ? id : outcome.Refusal;
    }

    public Task<KohakuResult> KillAsync(Actor actor, string taskId, CancellationToken cancellationToken)
    {
        TaskInfo? task;
        lock (Gate)
        {
            task = tasks.Find(t => t.TaskId == taskId);
        }

        if (task is null)
        {
            return Task.FromResult<KohakuResult>(Refusals.Hidden);
        }

        var decision = TaskRules.Kill(actor, task.OwnerId);
        if (!decision.IsAllowed)
        {
            return Task.FromResult<KohakuResult>(decision.Refusal);
        }

        Killed.Add(taskId);
        return Move(taskId, "killed").ContinueWith(_ => (KohakuResult)KohakuResult.Success, TaskScheduler.Default);
    }

    public Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken) => Move(approval.Task.TaskId, "running");

    public Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken) => Move(approval.Task.TaskId, "rejected");

    public Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken) => Move(approval.Task.TaskId, "withdrawn");

    private Task Move(string taskId, string status)
    {
        lock (Gate)
        {
            var at = tasks.FindIndex(t => t.TaskId == taskId);
            if (at >= 0)
            {
                tasks[at] = tasks[at] with { Status = status };
            }
        }

        return Task.CompletedTask;
    }
}
