namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The form around a field on a page.</summary>
/// <param name="shape">The fields it may hold.</param>
/// <param name="state">The form as it was refused; null when it was not.</param>
/// <param name="changed">Called when a field of a refused form shows its own faults, so that they are not said twice.</param>
internal sealed class FormScope(FormShape shape, FormState? state, Action changed)
{
    private readonly HashSet<FormField> shown = [];

    internal FormShape Shape => shape;

    internal FormState? State => state;

    /// <summary>What stands above the fields: faults of none of those that are shown.</summary>
    internal IReadOnlyList<string> General => state is null ? [] : [.. state.General(shown)];

    /// <summary>Whether the reader begins with what stands above the fields.</summary>
    internal bool BeginsAbove => state?.IsFirstIn(shown) == false;

    /// <summary>Notes that a field is shown.</summary>
    internal FormField Show(string property)
    {
        var field = shape[property];
        if (shown.Add(field) && state is not null)
        {
            changed();
        }

        return field;
    }
}
