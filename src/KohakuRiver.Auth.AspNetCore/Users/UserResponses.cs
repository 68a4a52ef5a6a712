using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A user by id and name.</summary>
internal sealed record UserRefResponse(
    [property: JsonPropertyName("id"), Description("The user's id.")]
    long Id,
    [property: JsonPropertyName("username"), Description("The login name.")]
    string Username);

/// <summary>A user.</summary>
internal record UserResponse(
    [property: JsonPropertyName("id"), Description("The user's id; 0 for the system, -1 for an anonymous caller.")]
    long Id,
    [property: JsonPropertyName("username"), Description("The login name; _system or _anonymous for callers without an account.")]
    string Username,
    [property: JsonPropertyName("display_name"), Description("The name shown to people.")]
    string DisplayName,
    [property: JsonPropertyName("language"), Description("The language the user chose, a BCP 47 tag; null for the host's own.")]
    string? Language,
    [property: JsonPropertyName("role"), Description("The role.")]
    Role Role,
    [property: JsonPropertyName("is_active"), Description("Whether the user may log in and use tokens.")]
    bool IsActive,
    [property: JsonPropertyName("created_at"), Description("When the account was created; null for callers without an account.")]
    DateTimeOffset? CreatedAt,
    [property: JsonPropertyName("last_login"), Description("The last login with a password; null before the first.")]
    DateTimeOffset? LastLogin,
    [property: JsonPropertyName("active_sessions"), Description("The number of sessions that have not ended.")]
    int ActiveSessions,
    [property: JsonPropertyName("groups"), Description("The groups the user belongs to.")]
    IReadOnlyList<GroupRefResponse> Groups,
    [property: JsonPropertyName("locked_until"), ForAdmins]
    [property: Description("Until when password logins are paused; only in answers to admins.")]
    DateTimeOffset? LockedUntil,
    [property: JsonPropertyName("must_change_password"), ForAdmins(OrWhereTrue = true)]
    [property: Description("Whether the user has to change the password before anything else, which is in answers to that user too "
        + "where it "
        + "is true; else only in answers to admins.")]
    bool MustChangePassword,
    [property: JsonIgnore]
    bool IsForAdmin) : IHasAdminFields;

/// <summary>Answer of <c>POST /auth/users</c>: the user, and the link where they set the password themselves.</summary>
internal sealed record CreatedUserResponse : UserResponse
{
    internal CreatedUserResponse(UserResponse user, ResetLinkResponse? link = null)
        : base(user) => (Code, Url, ExpiresAt) = (link?.Code, link?.Url, link?.ExpiresAt);

    [JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The one-use code that sets the first password; only where none was sent. It is shown only once.")]
    public string? Code { get; }

    [JsonPropertyName("url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The link with the code, to pass on; only where no password was sent. It is shown only once.")]
    public string? Url { get; }

    [JsonPropertyName("expires_at"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("When the code expires; only where no password was sent.")]
    public DateTimeOffset? ExpiresAt { get; }
}

/// <summary>Answer of <c>POST /auth/users/{id}/reset-link</c>; the code is shown only here.</summary>
internal sealed record ResetLinkResponse(
    [property: JsonPropertyName("code"), Description("The one-use code. It is shown only once.")]
    string Code,
    [property: JsonPropertyName("url"), Description("The link to pass on. It is shown only once.")]
    string Url,
    [property: JsonPropertyName("expires_at"), Description("When the code expires.")]
    DateTimeOffset ExpiresAt);
