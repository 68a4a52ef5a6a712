using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/users</c>.</summary>
internal sealed record CreateUserRequest(
    [property: JsonPropertyName("username"), Description(UserTexts.Username)]
    string? Username,
    [property: JsonPropertyName("password")]
    [property: Description(UserTexts.Password + " Without one the answer has a link by which the user sets it.")]
    string? Password,
    [property: JsonPropertyName("role"), JsonConverter(typeof(UserRoleConverter))]
    [property: Description(UserTexts.Role)]
    Role? Role,
    [property: JsonPropertyName("display_name"), Description(UserTexts.DisplayName)]
    string? DisplayName,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter)), Description("The ids of the user's groups.")]
    IReadOnlyList<long>? GroupIds,
    [property: JsonPropertyName("must_change"), Description(UserTexts.MustChange + " Only with a password.")]
    bool? MustChange);

/// <summary>Body of <c>PATCH /auth/users/{id}</c>.</summary>
internal sealed record UpdateUserRequest(
    [property: JsonPropertyName("display_name"), Description(UserTexts.DisplayName)]
    string? DisplayName,
    [property: JsonPropertyName("role"), JsonConverter(typeof(UserRoleConverter))]
    [property: Description(UserTexts.NewRole)]
    Role? Role,
    [property: JsonPropertyName("is_active"), Description("Whether the user may log in and use tokens.")]
    bool? IsActive,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter))]
    [property: Description("The ids of all groups of the user; they replace the current ones.")]
    IReadOnlyList<long>? GroupIds,
    [property: JsonPropertyName("add_group_ids"), JsonConverter(typeof(IdListConverter))]
    [property: Description("The ids of groups to add; the user's other groups stay.")]
    IReadOnlyList<long>? AddGroupIds,
    [property: JsonPropertyName("remove_group_ids"), JsonConverter(typeof(IdListConverter))]
    [property: Description("The ids of groups to remove the user from.")]
    IReadOnlyList<long>? RemoveGroupIds,
    [property: JsonPropertyName("must_change_password")]
    [property: Description("Whether the user has to change the password before anything else. Not for an account without a password.")]
    bool? MustChangePassword);

/// <summary>Body of <c>PUT /auth/users/{id}/role</c>.</summary>
internal sealed record SetRoleRequest(
    [property: JsonPropertyName("role"), JsonConverter(typeof(UserRoleConverter))]
    [property: Description(UserTexts.NewRole)]
    Role? Role);

/// <summary>Body of <c>PUT /auth/users/{id}/password</c>.</summary>
internal sealed record SetPasswordRequest(
    [property: JsonPropertyName("new_password"), Description(UserTexts.NewPassword)]
    string? NewPassword,
    [property: JsonPropertyName("must_change"), Description(UserTexts.MustChange)]
    bool? MustChange);
