using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /vps/{vps_id}/assign</c>, in the object form.</summary>
internal sealed record AssignVpsRequest(
    [property: JsonPropertyName("user_ids"), JsonConverter(typeof(IdListConverter)), Description("The ids of users.")]
    IReadOnlyList<long>? UserIds,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter)), Description("The ids of groups.")]
    IReadOnlyList<long>? GroupIds);
