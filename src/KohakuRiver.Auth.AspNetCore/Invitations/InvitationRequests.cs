using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/invitations</c>.</summary>
internal sealed record CreateInvitationRequest(
    [property: JsonPropertyName("role")]
    [property: Description("The role of those who use it; user if left out. Operators can invite viewers only.")]
    Role? Role,
    [property: JsonPropertyName("group_id"), JsonConverter(typeof(IdConverter)), Description("The id of the group they join.")]
    long? GroupId,
    [property: JsonPropertyName("max_usage"), Description("How many people may use it.")]
    int? MaxUsage,
    [property: JsonPropertyName("expires_hours"), Description("In how many hours it expires, 1 to 720; the host's setting if left out.")]
    int? ExpiresHours);
