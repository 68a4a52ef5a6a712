using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of users.</summary>
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(SetRoleRequest))]
[JsonSerializable(typeof(SetPasswordRequest))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(CreatedUserResponse))]
[JsonSerializable(typeof(ResetLinkResponse))]
internal sealed partial class UserJson : JsonSerializerContext;
