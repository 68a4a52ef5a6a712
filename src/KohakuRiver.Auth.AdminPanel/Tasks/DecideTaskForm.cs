namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The decision about one task, on its own page.</summary>
/// <param name="Decision">What happens to it.</param>
/// <param name="Reason">Why it is rejected; null or empty for no reason.</param>
/// <param name="ShownAt">When the page was made, as in <see cref="DecideForm"/>.</param>
internal sealed record DecideTaskForm(TaskDecision Decision, string? Reason, string? ShownAt) : PanelForm<DecideTaskForm>;
