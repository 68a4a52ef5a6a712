using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/login</c>.</summary>
internal sealed record LoginRequest(
    [property: JsonPropertyName("username")] string? Username,
    [property: JsonPropertyName("password")] string? Password);

/// <summary>Body of <c>POST /auth/password</c>.</summary>
internal sealed record ChangePasswordRequest(
    [property: JsonPropertyName("current_password")] string? CurrentPassword,
    [property: JsonPropertyName("new_password")] string? NewPassword);

/// <summary>Body of <c>PATCH /auth/me</c>.</summary>
internal sealed record UpdateMeRequest([property: JsonPropertyName("display_name")] string? DisplayName);

/// <summary>Body of <c>POST /auth/register</c>.</summary>
internal sealed record RegisterRequest(
    [property: JsonPropertyName("username")] string? Username,
    [property: JsonPropertyName("password")] string? Password,
    [property: JsonPropertyName("display_name")] string? DisplayName,
    [property: JsonPropertyName("invitation_code")] string? InvitationCode,
    [property: JsonPropertyName("register_secret")] string? RegisterSecret,
    [property: JsonPropertyName("role")] Role? Role,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter))] IReadOnlyList<long>? GroupIds);

/// <summary>Body of <c>POST /auth/reset</c>.</summary>
internal sealed record ResetRequest(
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("new_password")] string? NewPassword);
