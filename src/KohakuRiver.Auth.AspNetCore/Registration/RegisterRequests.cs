using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/register</c>.</summary>
internal sealed record RegisterRequest(
    [property: JsonPropertyName("username"), Description(UserTexts.Username)]
    string? Username,
    [property: JsonPropertyName("password"), Description(UserTexts.Password)]
    string? Password,
    [property: JsonPropertyName("display_name"), Description(UserTexts.DisplayName)]
    string? DisplayName,
    [property: JsonPropertyName("invitation_code"), Description("The code of an invitation.")]
    string? InvitationCode,
    [property: JsonPropertyName("register_secret")]
    [property: Description("The host's register secret, or the code of a setup link: creates the first admin.")]
    string? RegisterSecret,
    [property: JsonPropertyName("role"), JsonConverter(typeof(UserRoleConverter))]
    [property: Description("The role of the new user. Only admins may send it.")]
    Role? Role,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter))]
    [property: Description("The ids of the new user's groups. Only admins may send them.")]
    IReadOnlyList<long>? GroupIds);
