using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /reject/{task_id}</c>.</summary>
internal sealed record RejectRequest(
    [property: JsonPropertyName("reason"), Description("Why, for the submitter to read: up to 1000 characters.")]
    string? Reason);
