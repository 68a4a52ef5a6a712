namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What asks for nothing but the actor's own password: a reset link, deleting a user.</summary>
/// <param name="CurrentPassword">The actor's own password.</param>
internal sealed record StepUpForm(Secret CurrentPassword) : PanelForm<StepUpForm>;
