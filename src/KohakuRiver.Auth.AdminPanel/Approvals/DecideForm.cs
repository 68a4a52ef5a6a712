namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Decision">What happens to them.</param>
/// <param name="Reason">Why they are rejected; null or empty for no reason.</param>
/// <param name="Row">The task whose own form it is; another text for the form of all that are selected.</param>
/// <param name="Ids">The tasks.</param>
/// <param name="View">What the reader looked at, to go back to it: <see cref="QueueView.Query"/>.</param>
/// <param name="ShownAt">
/// When the page was made, in microseconds: who presses a button before anybody can have read what stands beside it pressed another one
/// the moment before. Null for forms that come after a question.
/// </param>
internal sealed record DecideForm(
    TaskDecision Decision, string? Reason, string? Row, IReadOnlyList<string> Ids, string? View, string? ShownAt)
    : PanelForm<DecideForm>, IRowForm;
