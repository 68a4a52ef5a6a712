namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Code">The reset code of the link.</param>
/// <param name="NewPassword">What it is used for.</param>
internal sealed record ResetForm(Secret Code, Secret NewPassword) : PanelForm<ResetForm>;
