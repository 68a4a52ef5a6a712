namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Change">What happens to them.</param>
/// <param name="GroupId">Where they are added to; null for the other changes.</param>
/// <param name="Ids">Who.</param>
internal sealed record ChangeUsersForm(UsersChange Change, long? GroupId, IReadOnlyList<long> Ids) : PanelForm<ChangeUsersForm>;
