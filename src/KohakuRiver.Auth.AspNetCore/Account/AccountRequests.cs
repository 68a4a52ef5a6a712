using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/password</c>.</summary>
internal sealed record ChangePasswordRequest(
    [property: JsonPropertyName("current_password"), Description("The current password.")]
    string? CurrentPassword,
    [property: JsonPropertyName("new_password"), Description(UserTexts.NewPassword)]
    string? NewPassword);

/// <summary>Body of <c>PATCH /auth/me</c>.</summary>
internal sealed record UpdateMeRequest(
    [property: JsonPropertyName("display_name"), Description(UserTexts.DisplayName)]
    string? DisplayName,
    [property: JsonPropertyName("language")]
    [property: Description("The language to be spoken to in, a BCP 47 tag such as zh-Hant; empty for the host's own.")]
    string? Language);

/// <summary>Body of <c>POST /auth/reset</c>.</summary>
internal sealed record ResetRequest(
    [property: JsonPropertyName("code"), Description("The code of a password reset link.")]
    string? Code,
    [property: JsonPropertyName("new_password"), Description(UserTexts.NewPassword)]
    string? NewPassword);
