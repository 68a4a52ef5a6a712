using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of invitations.</summary>
[JsonSerializable(typeof(CreateInvitationRequest))]
[JsonSerializable(typeof(InvitationResponse))]
internal sealed partial class InvitationJson : JsonSerializerContext;
