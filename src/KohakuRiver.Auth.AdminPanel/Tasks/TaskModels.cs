namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Tasks">The page.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="IsOwn">Whether only the reader's own are.</param>
/// <param name="Person">Whose, unless it is their own.</param>
/// <param name="Place">Which page it is.</param>
/// <param name="Nodes">The nodes to choose from.</param>
internal sealed record TasksModel(
    Page<TaskInfo> Tasks, TaskListQuery Query, bool IsOwn, WantedPerson Person, PagePlace Place, IReadOnlyList<NodeInfo> Nodes);

/// <param name="Task">The task, without what the reader may not see.</param>
/// <param name="Approval">What was submitted and what was decided; null where there is none or the reader may not see it.</param>
/// <param name="IsKnown">Whether the host's directory has it; otherwise all there is to show is what was submitted.</param>
/// <param name="MayWithdraw">Whether the reader may take it back.</param>
/// <param name="MayKill">Whether the reader may stop it.</param>
/// <param name="MayDecide">Whether the reader may approve or reject it: it waits, and is not their own.</param>
internal sealed record TaskModel(TaskInfo Task, Approval? Approval, bool IsKnown, bool MayWithdraw, bool MayKill, bool MayDecide);

internal sealed record NewTaskModel(IReadOnlyList<NodeInfo> Nodes, bool Waits);
