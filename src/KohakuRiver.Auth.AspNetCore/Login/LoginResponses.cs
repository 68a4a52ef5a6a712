using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Answer of <c>GET /auth/status</c>.</summary>
internal sealed record StatusResponse(
    [property: JsonPropertyName("auth_enabled"), Description("Whether this host asks for credentials at all.")]
    bool AuthEnabled,
    [property: JsonPropertyName("session_expire_hours"), Description("How long a session lasts, in hours.")]
    double SessionExpireHours,
    [property: JsonPropertyName("setup_required"), Description("Whether the first admin has yet to be created.")]
    bool SetupRequired);

/// <summary>Answer of a login or registration.</summary>
internal sealed record LoginResponse(
    [property: JsonPropertyName("message"), Description("What was done, in one sentence.")]
    string Message,
    [property: JsonPropertyName("user"), Description("The user.")]
    UserResponse User);
