using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of identities.</summary>
[JsonSerializable(typeof(LinkIdentityRequest))]
[JsonSerializable(typeof(IdentityResponse))]
[JsonSerializable(typeof(IReadOnlyList<IdentityResponse>))]
internal sealed partial class IdentityJson : JsonSerializerContext;
