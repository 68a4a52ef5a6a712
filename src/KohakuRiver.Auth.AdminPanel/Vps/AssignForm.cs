namespace KohakuRiver.Auth.AdminPanel;

/// <param name="UserId">Who may use the instance.</param>
/// <param name="GroupId">Whose members may use it.</param>
internal sealed record AssignForm(long? UserId, long? GroupId) : PanelForm<AssignForm>;
