using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of VPS assignments.</summary>
[JsonSerializable(typeof(AssignVpsRequest))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
[JsonSerializable(typeof(AssignVpsResponse))]
[JsonSerializable(typeof(VpsAssignmentsResponse))]
[JsonSerializable(typeof(IReadOnlyList<VpsAssignmentsResponse>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class VpsJson : JsonSerializerContext;
