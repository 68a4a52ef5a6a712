namespace KohakuRiver.Auth.AdminPanel;

internal sealed record GroupsModel(Page<Group> Groups, bool IsFirst);

/// <param name="Group">The group.</param>
/// <param name="Members">The page of members.</param>
/// <param name="Search">Whom to add: the start of a name; null when nothing is searched.</param>
/// <param name="Found">Who was found; null when nothing is searched.</param>
/// <param name="IsFirst">Whether it is the first page.</param>
internal sealed record GroupModel(Group Group, Page<UserDetails> Members, string? Search, IReadOnlyList<UserDetails>? Found, bool IsFirst);

/// <param name="Instances">Instances with whom they are given to; null where the host has no directory.</param>
internal sealed record VpsListModel(IReadOnlyList<(VpsInfo Vps, IReadOnlyList<VpsAssignment> Access)>? Instances);

internal sealed record VpsModel(
    VpsInfo Vps, IReadOnlyList<VpsAssignment> Access, IReadOnlyList<Group> Groups, string? Search, IReadOnlyList<UserDetails>? Found);

internal sealed record InvitationsModel(Page<Invitation> Invitations, bool IsFirst);

internal sealed record NewInvitationModel(IReadOnlyList<Group> Groups, int UsualHours);

/// <summary>An invitation whose code is shown this once.</summary>
internal sealed record CreatedInvitationModel(Invitation Invitation, string Code, string Link);

internal sealed record NodesModel(IReadOnlyList<NodeInfo> Nodes);

internal sealed record TasksModel(Page<TaskInfo> Tasks, TaskListQuery Query, IReadOnlyList<NodeInfo> Nodes);

internal sealed record TaskModel(TaskInfo Task, Approval? Approval, bool MayWithdraw, bool MayKill);

internal sealed record NewTaskModel(IReadOnlyList<NodeInfo> Nodes, bool Waits);

/// <param name="Query">What is asked for.</param>
/// <param name="Entries">The page.</param>
/// <param name="From">The first day, as it was typed.</param>
/// <param name="To">The last day, as it was typed.</param>
internal sealed record AuditModel(AuditQuery Query, Page<AuditEntry> Entries, string? From, string? To);

internal sealed record SettingsModel(EffectiveSettings Settings);
