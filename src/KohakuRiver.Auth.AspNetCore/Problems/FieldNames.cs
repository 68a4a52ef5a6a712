using System.Collections.Frozen;
using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Names of fields as the HTTP contract and the panel's forms have them; the core names the properties of its commands.</summary>
internal static class FieldNames
{
    private const int MostInDetail = 3;

    // Where existing clients know another word.
    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(CreateInvitationCommand.MaxUses)] = "max_usage",
        [nameof(RegisterCommand.AnyCode)] = "token",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of one field; what is in snake_case already stays as it is.</summary>
    internal static string ToWire(string field) =>
        Others.GetValueOrDefault(field) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field);

    /// <summary>
    /// The sentence with the name of each faulty field in it: some clients show <c>detail</c> alone. A sentence that says the name already
    /// stays as it is, and so does the rest of a long list.
    /// </summary>
    internal static string InDetail(string message, IReadOnlyDictionary<string, string[]> errors)
    {
        var faults = errors.Take(MostInDetail).ToList();
        return faults.TrueForAll(fault => Names(message, fault.Key))
            ? message
            : string.Join(' ', faults.Select(fault =>
            {
                var sentences = string.Join(' ', fault.Value);
                return Names(sentences, fault.Key) ? sentences : $"{fault.Key}: {sentences}";
            }));
    }

    private static bool Names(string text, string field) => text.Contains(field, StringComparison.OrdinalIgnoreCase);

    /// <summary>The faults under the names of the contract; what was found in names that were sent stays under these.</summary>
    internal static IReadOnlyDictionary<string, string[]>? ToWire(IReadOnlyDictionary<string, string[]>? errors) =>
        errors is null or SentNames ? errors : errors.ToDictionary(e => ToWire(e.Key), e => e.Value, StringComparer.Ordinal);
}
