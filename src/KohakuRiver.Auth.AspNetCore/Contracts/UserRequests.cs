using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/users</c>.</summary>
internal sealed record CreateUserRequest(
    [property: JsonPropertyName("username")] string? Username,
    [property: JsonPropertyName("password")] string? Password,
    [property: JsonPropertyName("role")] Role? Role,
    [property: JsonPropertyName("display_name")] string? DisplayName,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter))] IReadOnlyList<long>? GroupIds);

/// <summary>Body of <c>PATCH /auth/users/{id}</c>.</summary>
internal sealed record UpdateUserRequest(
    [property: JsonPropertyName("display_name")] string? DisplayName,
    [property: JsonPropertyName("role")] Role? Role,
    [property: JsonPropertyName("is_active")] bool? IsActive,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter))] IReadOnlyList<long>? GroupIds,
    [property: JsonPropertyName("add_group_ids"), JsonConverter(typeof(IdListConverter))] IReadOnlyList<long>? AddGroupIds,
    [property: JsonPropertyName("remove_group_ids"), JsonConverter(typeof(IdListConverter))] IReadOnlyList<long>? RemoveGroupIds);

/// <summary>Body of <c>PUT /auth/users/{id}/role</c>.</summary>
internal sealed record SetRoleRequest([property: JsonPropertyName("role")] Role? Role);

/// <summary>Body of <c>PUT /auth/users/{id}/password</c>.</summary>
internal sealed record SetPasswordRequest([property: JsonPropertyName("new_password")] string? NewPassword);
