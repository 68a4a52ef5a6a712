namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Decision">What happens to them.</param>
/// <param name="Reason">Why they are rejected; null or empty for no reason.</param>
/// <param name="Row">The task whose own form it is; another text for the form of all that are selected.</param>
/// <param name="Ids">The tasks.</param>
internal sealed record DecideForm(TaskDecision Decision, string? Reason, string? Row, IReadOnlyList<string> Ids)
    : PanelForm<DecideForm>, IRowForm;
