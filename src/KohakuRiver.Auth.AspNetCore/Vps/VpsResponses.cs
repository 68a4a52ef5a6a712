using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Answer of <c>POST /vps/{vps_id}/assign</c>. <c>task_id</c> is the VPS id, as existing clients call it.</summary>
internal sealed record AssignVpsResponse(
    [property: JsonPropertyName("message"), Description("What was done, in one sentence.")]
    string Message,
    [property: JsonPropertyName("task_id"), Description("The VPS id, under the name existing clients know.")]
    string TaskId,
    [property: JsonPropertyName("assigned_users"), Description("The ids of the users in the request.")]
    IReadOnlyList<long> AssignedUsers,
    [property: JsonPropertyName("assigned_groups"), Description("The ids of the groups in the request.")]
    IReadOnlyList<long> AssignedGroups);

/// <summary>A user a VPS is assigned to.</summary>
internal sealed record VpsUserResponse(
    [property: JsonPropertyName("user_id"), Description("The user's id.")]
    long UserId,
    [property: JsonPropertyName("username"), Description("The login name.")]
    string Username,
    [property: JsonPropertyName("display_name"), Description("The name shown to people.")]
    string DisplayName,
    [property: JsonPropertyName("assigned_at"), Description("When it was assigned.")]
    DateTimeOffset AssignedAt);

/// <summary>A group a VPS is assigned to.</summary>
internal sealed record VpsGroupResponse(
    [property: JsonPropertyName("group_id"), Description("The group's id.")]
    long GroupId,
    [property: JsonPropertyName("name"), Description("The group's name.")]
    string Name,
    [property: JsonPropertyName("assigned_at"), Description("When it was assigned.")]
    DateTimeOffset AssignedAt);

/// <summary>Answer of <c>GET /vps/{vps_id}/assignments</c>, and row of <c>GET /auth/vps/unknown</c>.</summary>
internal sealed record VpsAssignmentsResponse(
    [property: JsonPropertyName("task_id"), Description("The VPS id, under the name existing clients know.")]
    string TaskId,
    [property: JsonPropertyName("known"), Description("Whether the host has this instance. If not, assignments can only be removed.")]
    bool Known,
    [property: JsonPropertyName("assignments"), Description("The users it is assigned to directly.")]
    IReadOnlyList<VpsUserResponse> Assignments,
    [property: JsonPropertyName("groups"), Description("The groups it is assigned to.")]
    IReadOnlyList<VpsGroupResponse> Groups);
