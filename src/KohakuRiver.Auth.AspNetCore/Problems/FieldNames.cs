using System.Collections.Frozen;
using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Names of fields as the HTTP contract and the panel's forms have them; the core names the properties of its commands.</summary>
internal static class FieldNames
{
    // Where existing clients know another word.
    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(CreateInvitationCommand.MaxUses)] = "max_usage",
        [nameof(RegisterCommand.AnyCode)] = "token",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of one field; what is in snake_case already stays as it is.</summary>
    internal static string ToWire(string field) =>
        Others.GetValueOrDefault(field) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field);

    /// <summary>The faults under the names of the contract; what was found in names that were sent stays under these.</summary>
    internal static IReadOnlyDictionary<string, string[]>? ToWire(IReadOnlyDictionary<string, string[]>? errors) =>
        errors is null or SentNames ? errors : errors.ToDictionary(e => ToWire(e.Key), e => e.Value, StringComparer.Ordinal);
}
