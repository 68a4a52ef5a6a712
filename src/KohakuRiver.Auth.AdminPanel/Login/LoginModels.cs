namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Return">Where its reader wants to go; null for the first page.</param>
internal sealed record ChangePasswordModel(string? Return);

/// <param name="Return">Where to go then; null for the first page.</param>
/// <param name="Waiting">The form that waits for the login; null for none.</param>
/// <param name="MayRegister">Whether anybody may register.</param>
/// <param name="NeedsSetup">Whether there is no admin yet.</param>
/// <param name="SignIns">Sign-ins of this browser that lead to no account.</param>
/// <param name="Links">Where people sign in elsewhere.</param>
internal sealed record LoginModel(
    string? Return, ReturnModel? Waiting, bool MayRegister, bool NeedsSetup, IReadOnlyList<SignInView> SignIns,
    IReadOnlyList<SignInLink> Links);

/// <summary>A form that waits for its sender.</summary>
/// <param name="Action">Where it is sent, without the panel's prefix.</param>
/// <param name="Kept">What was typed, sealed.</param>
internal sealed record ReturnModel(string Action, string Kept);

/// <param name="Code">The code of the link; null without one.</param>
/// <param name="Username">Whose password it sets; null where the code is no good, which the form says once it is sent.</param>
internal sealed record ResetModel(string? Code, string? Username);
