using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/groups</c>.</summary>
internal sealed record CreateGroupRequest(
    [property: JsonPropertyName("name"), Description("1 to 100 characters. No other group may have the name, regardless of case.")]
    string? Name,
    [property: JsonPropertyName("description"), Description("Up to 1000 characters.")]
    string? Description,
    [property: JsonPropertyName("tier"), Description("A number for the host's own use, from -1000000 to 1000000.")]
    int? Tier,
    [property: JsonPropertyName("limits"), Description("Quotas by name, for the host to enforce: whole numbers from 0.")]
    IReadOnlyDictionary<string, long>? Limits);

/// <summary>Body of <c>PATCH /auth/groups/{id}</c>.</summary>
internal sealed record UpdateGroupRequest(
    [property: JsonPropertyName("name"), Description("1 to 100 characters. No other group may have the name, regardless of case.")]
    string? Name,
    [property: JsonPropertyName("description"), Description("Up to 1000 characters.")]
    string? Description,
    [property: JsonPropertyName("tier"), Description("A number for the host's own use, from -1000000 to 1000000.")]
    int? Tier,
    [property: JsonPropertyName("limits"), Description("All quotas of the group by name; they replace the current ones.")]
    IReadOnlyDictionary<string, long>? Limits,
    [property: JsonPropertyName("set_limits"), Description("Quotas to add or change, by name; the group's other quotas stay.")]
    IReadOnlyDictionary<string, long>? SetLimits,
    [property: JsonPropertyName("remove_limits"), Description("The names of quotas to remove.")]
    IReadOnlyList<string>? RemoveLimits);
