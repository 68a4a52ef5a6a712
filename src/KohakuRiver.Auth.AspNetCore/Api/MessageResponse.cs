using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An answer that says only what was done.</summary>
internal sealed record MessageResponse(
    [property: JsonPropertyName("message"), Description("What was done, in one sentence.")]
    string Message);
