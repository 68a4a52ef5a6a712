using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/login</c>.</summary>
internal sealed record LoginRequest(
    [property: JsonPropertyName("username"), Description("The login name. Case does not matter.")]
    string? Username,
    [property: JsonPropertyName("password"), Description("The password.")]
    string? Password);
