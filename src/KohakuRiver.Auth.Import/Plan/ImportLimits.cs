using System.Text.Json;

namespace KohakuRiver.Auth.Import;

/// <summary>Parses the quotas of an old group: valid ones are kept, others are reported.</summary>
internal static class ImportLimits
{
    /// <summary>The quotas kept, and a note about the others; null when all were kept.</summary>
    internal static (IReadOnlyDictionary<string, long> Limits, string? Dropped) Read(string? json)
    {
        var kept = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(json))
        {
            return (kept, null);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (kept, "Its limits are not a JSON object and are dropped.");
            }

            var dropped = 0;
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Number
                    && property.Value.TryGetInt64(out var value)
                    && kept.Count < FieldRules.LimitsMaximum
                    && FieldRules.Limits(new Dictionary<string, long>(StringComparer.Ordinal) { [property.Name] = value }) is null)
                {
                    kept[property.Name] = value;
                }
                else
                {
                    dropped++;
                }
            }

            var note = $"Limits dropped: {dropped}. Limits are whole numbers from 0 with names of a-z, 0-9 and underscores.";
            return (kept, dropped == 0 ? null : note);
        }
        catch (JsonException)
        {
            return (kept, "Its limits are not valid JSON and are dropped.");
        }
    }
}
