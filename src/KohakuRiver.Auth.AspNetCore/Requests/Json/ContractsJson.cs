using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The source-generated metadata of the contracts. Use <see cref="Strict"/>; the generated default does not have the strict options.
/// </summary>
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(UpdateMeRequest))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(ResetRequest))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(SetRoleRequest))]
[JsonSerializable(typeof(SetPasswordRequest))]
[JsonSerializable(typeof(CreateTokenRequest))]
[JsonSerializable(typeof(CreateInvitationRequest))]
[JsonSerializable(typeof(CreateGroupRequest))]
[JsonSerializable(typeof(UpdateGroupRequest))]
[JsonSerializable(typeof(RejectRequest))]
[JsonSerializable(typeof(AssignVpsRequest))]
[JsonSerializable(typeof(UpdateSettingsRequest))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(LoginResponse))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(IReadOnlyList<SessionResponse>))]
[JsonSerializable(typeof(ResetLinkResponse))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(CreatedTokenResponse))]
[JsonSerializable(typeof(InvitationResponse))]
[JsonSerializable(typeof(GroupResponse))]
[JsonSerializable(typeof(PendingTaskResponse))]
[JsonSerializable(typeof(ApprovalResponse))]
[JsonSerializable(typeof(CountResponse))]
[JsonSerializable(typeof(TaskMessageResponse))]
[JsonSerializable(typeof(RejectResponse))]
[JsonSerializable(typeof(AssignVpsResponse))]
[JsonSerializable(typeof(VpsAssignmentsResponse))]
[JsonSerializable(typeof(SettingsResponse))]
[JsonSerializable(typeof(AuditResponse))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ContractsJson : JsonSerializerContext
{
    /// <summary>The contracts, read and written strictly.</summary>
    internal static ContractsJson Strict { get; } = new(StrictOptions.Create());
}
