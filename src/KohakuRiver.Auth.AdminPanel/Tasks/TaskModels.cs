namespace KohakuRiver.Auth.AdminPanel;

internal sealed record TasksModel(Page<TaskInfo> Tasks, TaskListQuery Query, PagePlace Place, IReadOnlyList<NodeInfo> Nodes);

/// <param name="Task">The task, without what the reader may not see.</param>
/// <param name="Approval">What was submitted and what was decided; null where there is none or the reader may not see it.</param>
/// <param name="IsKnown">Whether the host's directory has it; otherwise all there is to show is what was submitted.</param>
/// <param name="MayWithdraw">Whether the reader may take it back.</param>
/// <param name="MayKill">Whether the reader may stop it.</param>
/// <param name="MayDecide">Whether the reader may approve or reject it: it waits, and is not their own.</param>
internal sealed record TaskModel(TaskInfo Task, Approval? Approval, bool IsKnown, bool MayWithdraw, bool MayKill, bool MayDecide);

internal sealed record NewTaskModel(IReadOnlyList<NodeInfo> Nodes, bool Waits);
