using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A group by id and name.</summary>
internal sealed record GroupRefResponse(
    [property: JsonPropertyName("id"), Description("The group's id.")]
    long Id,
    [property: JsonPropertyName("name"), Description("The group's name.")]
    string Name);

/// <summary>A group.</summary>
internal sealed record GroupResponse(
    [property: JsonPropertyName("id"), Description("The group's id.")]
    long Id,
    [property: JsonPropertyName("name"), Description("The group's name.")]
    string Name,
    [property: JsonPropertyName("description"), Description("What the group is for; may be empty.")]
    string Description,
    [property: JsonPropertyName("tier"), Description("A number for the host's own use.")]
    int Tier,
    [property: JsonPropertyName("limits"), Description("Quotas by name, for the host to enforce.")]
    IReadOnlyDictionary<string, long> Limits,
    [property: JsonPropertyName("member_count"), Description("The number of members.")]
    int MemberCount,
    [property: JsonPropertyName("created_at"), Description("When the group was created.")]
    DateTimeOffset CreatedAt);
