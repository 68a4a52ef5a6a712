namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A form that was refused, for showing it again: what was filled in, and what is wrong with it.</summary>
/// <param name="Action">Where it was sent, without the panel's prefix.</param>
/// <param name="Form">What was sent.</param>
/// <param name="Refusal">Why it was refused.</param>
internal sealed record FormState(string Action, PanelForm Form, Refusal Refusal)
{
    /// <summary>What is said about a field; empty for nothing.</summary>
    internal IReadOnlyList<string> ErrorsOf(string field) =>
        Refusal.Errors is { } errors && errors.TryGetValue(field, out var messages) ? messages : [];

    /// <summary>What cannot stand beside a field of the form.</summary>
    internal IEnumerable<string> General(IReadOnlyCollection<string> shown) => Refusal.Errors is { } errors
        ? errors.Where(e => !shown.Contains(e.Key)).SelectMany(e => e.Value)
        : [Refusal.Message];
}
