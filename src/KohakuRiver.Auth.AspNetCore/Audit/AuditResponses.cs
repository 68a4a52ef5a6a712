using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An audit entry.</summary>
internal sealed record AuditResponse(
    [property: JsonPropertyName("id"), Description("The entry's number; later entries have higher ones.")]
    long Id,
    [property: JsonPropertyName("at"), Description("When it happened.")]
    DateTimeOffset At,
    [property: JsonPropertyName("actor_id")]
    [property: Description("The acting user's id; null for the master secret, the system and anonymous callers.")]
    long? ActorId,
    [property: JsonPropertyName("actor"), Description("The acting user's name at the time, or _system or _anonymous.")]
    string Actor,
    [property: JsonPropertyName("credential")]
    [property: Description("The credential used, for instance session:12, token:7 or master_secret; null for anonymous callers.")]
    string? Credential,
    [property: JsonPropertyName("ip"), Description("The network address the request came from.")]
    string? Ip,
    [property: JsonPropertyName("action"), Description("What was attempted, for instance user.create.")]
    string Action,
    [property: JsonPropertyName("target_type"), Description("The kind of object it was attempted on, for instance user.")]
    string? TargetType,
    [property: JsonPropertyName("target_id"), Description("The id of the object it was attempted on.")]
    string? TargetId,
    [property: JsonPropertyName("target"), Description("The name, at the time, of the object it was attempted on.")]
    string? Target,
    [property: JsonPropertyName("outcome"), Description("success, refused or failure.")]
    string Outcome,
    [property: JsonPropertyName("detail"), Description("What changed, or why it was refused; never a secret.")]
    string? Detail,
    [property: JsonPropertyName("operation_id"), Description("The same for all entries of one request.")]
    Guid OperationId);
