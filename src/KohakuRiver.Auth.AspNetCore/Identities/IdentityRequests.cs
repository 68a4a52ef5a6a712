using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/identities/{provider}</c>.</summary>
internal sealed record LinkIdentityRequest(
    [property: JsonPropertyName("current_password"), Description("The account's password, which confirms the link.")]
    string? CurrentPassword);
