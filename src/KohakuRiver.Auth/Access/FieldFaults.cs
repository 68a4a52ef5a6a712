using System.Runtime.CompilerServices;

namespace KohakuRiver.Auth;

/// <summary>Gathers the faults of a request's fields, so that all are told at once.</summary>
public sealed class FieldFaults
{
    private readonly Dictionary<string, string[]> faults = new(StringComparer.Ordinal);
    private readonly List<RefusalText> composed = [];

    /// <summary>Notes a fault of a field; null notes nothing.</summary>
    /// <returns>This, for the next field.</returns>
    [OverloadResolutionPriority(1)] // Of the two that take null, a null as it is written means this one.
    public FieldFaults Add(string field, string? message)
    {
        if (message is not null)
        {
            faults[field] = faults.TryGetValue(field, out var earlier) ? [.. earlier, message] : [message];
        }

        return this;
    }

    /// <summary>Notes a fault of a field whose sentence has values in it; null notes nothing.</summary>
    /// <returns>This, for the next field.</returns>
    public FieldFaults Add(string field, RefusalText? text)
    {
        if (text is not null)
        {
            composed.Add(text);
            Add(field, text.ToString());
        }

        return this;
    }

    /// <summary>Notes all field faults of a refusal; null notes nothing.</summary>
    /// <returns>This, for the next field.</returns>
    public FieldFaults Add(Refusal? refusal)
    {
        composed.AddRange(refusal?.Composed ?? []);
        foreach (var (field, messages) in refusal?.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal))
        {
            foreach (var message in messages)
            {
                Add(field, message);
            }
        }

        return this;
    }

    /// <summary>One refusal with all faults; null when there are none.</summary>
    public Refusal? ToRefusal() => faults.Count == 0
        ? null
        : new Refusal(RefusalKind.Invalid, string.Join(' ', faults.Values.SelectMany(m => m)))
        {
            Errors = faults,
            Composed = [.. composed],
        };
}
