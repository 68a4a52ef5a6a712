namespace KohakuRiver.Auth.AdminPanel;

/// <summary>All that waits of one person.</summary>
/// <param name="Approvals">The tasks, oldest first.</param>
/// <param name="View">Where to go back to.</param>
/// <param name="Name">The name they were submitted with; null where nothing waits.</param>
/// <param name="MayDecide">Whether the reader may decide about them: nobody about their own.</param>
internal sealed record PersonQueueModel(Page<Approval> Approvals, QueueView View, string? Name, bool MayDecide);
