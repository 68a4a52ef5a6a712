namespace KohakuRiver.Auth.AdminPanel;

/// <param name="CurrentPassword">The one that somebody else chose.</param>
/// <param name="NewPassword">One's own.</param>
/// <param name="Return">Where one was going; null for the first page.</param>
internal sealed record ChangePasswordForm(Secret CurrentPassword, Secret NewPassword, string? Return) : PanelForm<ChangePasswordForm>;
