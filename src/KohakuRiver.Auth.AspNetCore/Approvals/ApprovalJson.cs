using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of approvals.</summary>
[JsonSerializable(typeof(RejectRequest))]
[JsonSerializable(typeof(PendingTaskResponse))]
[JsonSerializable(typeof(ApprovalResponse))]
[JsonSerializable(typeof(CountResponse))]
[JsonSerializable(typeof(TaskMessageResponse))]
[JsonSerializable(typeof(RejectResponse))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
