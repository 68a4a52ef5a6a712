namespace KohakuRiver.Auth.AdminPanel;

/// <param name="UserId">Who is added.</param>
internal sealed record AddMemberForm(long UserId) : PanelForm<AddMemberForm>;
