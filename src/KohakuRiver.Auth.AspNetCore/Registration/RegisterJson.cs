using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of registering.</summary>
[JsonSerializable(typeof(RegisterRequest))]
internal sealed partial class RegisterJson : JsonSerializerContext;
