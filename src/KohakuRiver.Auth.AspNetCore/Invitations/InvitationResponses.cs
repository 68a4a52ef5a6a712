using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An invitation. The code and its link are shown only in the answer to its creation.</summary>
internal sealed record InvitationResponse(
    [property: JsonPropertyName("id"), Description("The invitation's id.")]
    long Id,
    [property: JsonPropertyName("token")]
    [property: Description("The code itself, only in the answer to its creation; "
        + "afterwards its beginning and an ellipsis, with which nobody can register.")]
    string Token,
    [property: JsonPropertyName("prefix"), Description("The beginning of the code, to tell invitations apart.")]
    string Prefix,
    [property: JsonPropertyName("role"), Description("The role of those who use it.")]
    Role Role,
    [property: JsonPropertyName("group_id"), Description("The id of the group they join; null for none.")]
    long? GroupId,
    [property: JsonPropertyName("max_usage"), Description("How many people may use it.")]
    int MaxUsage,
    [property: JsonPropertyName("usage_count"), Description("How many people have used it.")]
    int UsageCount,
    [property: JsonPropertyName("remaining_uses"), Description("How many people may still use it.")]
    int RemainingUses,
    [property: JsonPropertyName("expires_at"), Description("When it expires.")]
    DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("is_valid"), Description("Whether it can still be used.")]
    bool IsValid,
    [property: JsonPropertyName("created_by_id")]
    [property: Description("The id of the user who created it; null for the system and for deleted users.")]
    long? CreatedById,
    [property: JsonPropertyName("created_at"), Description("When it was created.")]
    DateTimeOffset CreatedAt,
    [property: JsonPropertyName("url"), Description("The link to pass on, only in the answer to its creation; null afterwards.")]
    string? Url);
