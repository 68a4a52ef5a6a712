using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contract of the audit log.</summary>
[JsonSerializable(typeof(AuditResponse))]
internal sealed partial class AuditJson : JsonSerializerContext;
