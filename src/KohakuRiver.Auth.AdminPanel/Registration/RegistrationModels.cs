namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Code">A good invitation's code; null without one.</param>
/// <param name="Preview">What it gives.</param>
/// <param name="Fault">Why the code in the link is not good; null when it is, or when there is none.</param>
/// <param name="IsOpen">Whether one may register without a code.</param>
internal sealed record RegisterModel(string? Code, InvitationPreview? Preview, string? Fault, bool IsOpen);

internal sealed record SetupModel(string? Code, bool IsRequired);
