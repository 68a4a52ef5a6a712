namespace KohakuRiver.Auth.AdminPanel;

internal sealed record OverviewModel(
    Auth.Overview Figures, IReadOnlyList<Approval>? Own, long Tokens, int Sessions, int Vps, long FailedLogins);
