namespace KohakuRiver.Auth.AdminPanel;

internal sealed record NodesModel(IReadOnlyList<NodeInfo> Nodes);
