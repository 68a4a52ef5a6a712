namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Nodes">The list.</param>
/// <param name="Status">Only those in this state; null for all.</param>
/// <param name="Statuses">The states there are.</param>
internal sealed record NodesModel(WholeList<NodeInfo> Nodes, string? Status, IReadOnlyList<string> Statuses);
