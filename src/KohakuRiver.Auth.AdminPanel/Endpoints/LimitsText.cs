using System.Globalization;
using KohakuRiver.Auth.Rules;

namespace KohakuRiver.Auth.AdminPanel.Endpoints;

/// <summary>Quotas as people type them: one a line, <c>max_tasks = 10</c>.</summary>
internal static class LimitsText
{
    internal static string Show(IReadOnlyDictionary<string, long> limits) =>
        string.Join('\n', limits.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} = {l.Value}")));

    /// <summary>The quotas; lines that are none become a fault of <c>limits</c>. The rules judge names and values.</summary>
    internal static IReadOnlyDictionary<string, long> Parse(string? text, FieldFaults faults)
    {
        var limits = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            {
                faults.Add("limits", "Write one limit a line, such as: max_tasks = 10");
                return limits;
            }

            if (!limits.TryAdd(parts[0], value))
            {
                faults.Add("limits", $"{parts[0]} is there twice.");
            }
        }

        return limits;
    }
}
