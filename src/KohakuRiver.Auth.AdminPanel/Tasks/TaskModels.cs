namespace KohakuRiver.Auth.AdminPanel;

internal sealed record TasksModel(Page<TaskInfo> Tasks, TaskListQuery Query, IReadOnlyList<NodeInfo> Nodes);

internal sealed record TaskModel(TaskInfo Task, Approval? Approval, bool MayWithdraw, bool MayKill);

internal sealed record NewTaskModel(IReadOnlyList<NodeInfo> Nodes, bool Waits);
