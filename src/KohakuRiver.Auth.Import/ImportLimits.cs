using System.Text.Json;

namespace KohakuRiver.Auth.Import;

/// <summary>Reads the quotas of an old group: what fits is kept, what does not is named.</summary>
internal static class ImportLimits
{
    /// <summary>The quotas kept, and what to say about the others; null when all were kept.</summary>
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
                return (kept, "Its limits are no JSON object and are dropped.");
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

            var note = $"Limits dropped: {dropped}. Limits are whole numbers from 0, named by small letters, digits and underscores.";
            return (kept, dropped == 0 ? null : note);
        }
        catch (JsonException)
        {
            return (kept, "Its limits are no JSON and are dropped.");
        }
    }
}
