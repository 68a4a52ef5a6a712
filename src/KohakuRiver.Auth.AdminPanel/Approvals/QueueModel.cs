namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The queue.</summary>
/// <param name="Approvals">The page: what waits and what was decided since it was opened, oldest first.</param>
/// <param name="View">What is looked at, with the moment it was opened.</param>
/// <param name="Submitters">Whose tasks wait, in the whole queue.</param>
/// <param name="Groups">The groups to choose from.</param>
/// <param name="Nodes">The nodes to choose from; empty where the host shows none.</param>
/// <param name="RequiredRoles">Whose own tasks wait for somebody else.</param>
internal sealed record QueueModel(
    Page<Approval> Approvals,
    QueueView View,
    IReadOnlyList<PendingSubmitter> Submitters,
    IReadOnlyList<Group> Groups,
    IReadOnlyList<string> Nodes,
    IReadOnlyCollection<Role> RequiredRoles);
