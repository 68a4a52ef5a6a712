namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The decision about all that a page lists of one person.</summary>
/// <param name="Decision">What happens to them.</param>
/// <param name="Reason">Why they are rejected; null or empty for no reason.</param>
/// <param name="Ids">The tasks that were listed: what was submitted since is not meant.</param>
/// <param name="View">Where to go back to: <see cref="QueueView.Query"/>.</param>
internal sealed record DecideAllForm(TaskDecision Decision, string? Reason, IReadOnlyList<string> Ids, string? View)
    : PanelForm<DecideAllForm>;
