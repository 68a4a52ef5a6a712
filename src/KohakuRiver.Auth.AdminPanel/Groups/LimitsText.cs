using System.Globalization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Quotas as people type them: one a line, <c>max_tasks = 10</c>.</summary>
internal static class LimitsText
{
    internal static string Show(IReadOnlyDictionary<string, long> limits) =>
        string.Join('\n', limits.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} = {l.Value}")));

    /// <summary>
    /// What was done to the limits since the page was rendered: those set or changed, and those removed. Without what the page showed, all
    /// of them are meant.
    /// </summary>
    /// <param name="groupId">Whose they are.</param>
    /// <param name="text">What was sent.</param>
    /// <param name="faults">Takes the lines that are no limits.</param>
    internal static UpdateGroupCommand Change(long groupId, Kept<string> text, FieldFaults faults)
    {
        if (text.Changed is not { } changed)
        {
            return new UpdateGroupCommand { Id = groupId };
        }

        var now = Parse(changed, faults);
        if (text.Before is null)
        {
            return new UpdateGroupCommand { Id = groupId, Limits = now };
        }

        var before = Parse(text.Before, new FieldFaults());
        var set = now.Except(before).ToDictionary(StringComparer.Ordinal);
        var removed = before.Keys.Except(now.Keys, StringComparer.Ordinal).ToList();
        return new UpdateGroupCommand
        {
            Id = groupId,
            SetLimits = set.Count > 0 ? set : null,
            RemoveLimits = removed.Count > 0 ? removed : null,
        };
    }

    /// <summary>The quotas; lines that are none become a fault of the form. The rules judge names and values.</summary>
    internal static IReadOnlyDictionary<string, long> Parse(string? text, FieldFaults faults)
    {
        var limits = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            {
                faults.Add(nameof(CreateGroupForm.Limits), "Write one limit per line, such as: max_tasks = 10");
                return limits;
            }

            if (!limits.TryAdd(parts[0], value))
            {
                faults.Add(nameof(CreateGroupForm.Limits), new RefusalText("{0} appears twice.", parts[0]));
            }
        }

        return limits;
    }
}
