using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of logging in.</summary>
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(LoginResponse))]
internal sealed partial class LoginJson : JsonSerializerContext;
