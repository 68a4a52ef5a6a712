namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A form that was refused, for showing it again: what was filled in, and what is wrong with it.</summary>
/// <param name="Action">Where it was sent, without the panel's prefix.</param>
/// <param name="Form">What was sent.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Texts">The language it is said in.</param>
internal sealed record FormState(string Action, PanelForm Form, Refusal Refusal, PanelTexts Texts)
{
    /// <summary>What is said about the field of a property; empty for nothing.</summary>
    internal IReadOnlyList<string> ErrorsOf(string property) => ErrorsOf(FormShape.Of(Form.GetType())[property]);

    /// <summary>What is said about a field; empty for nothing.</summary>
    internal IReadOnlyList<string> ErrorsOf(FormField field) =>
        [.. (Refusal.Errors ?? Nothing).Where(e => field.Takes(e.Key)).SelectMany(e => e.Value).Select(Say)];

    /// <summary>Whether the first fault stands next to one of these fields.</summary>
    internal bool IsFirstIn(IEnumerable<FormField> fields) =>
        Refusal.Errors?.Keys.FirstOrDefault() is { } first && fields.Any(f => f.Takes(first));

    /// <summary>What cannot stand next to a field that the page shows.</summary>
    internal IEnumerable<string> General(IReadOnlyCollection<FormField> shown) => Refusal.Errors is { } errors
        ? errors.Where(e => !shown.Any(f => f.Takes(e.Key))).SelectMany(e => e.Value).Select(Say)
        : [Say(Refusal.Message)];

    private static readonly Dictionary<string, string[]> Nothing = [];

    private string Say(string message) => Texts.Say(Refusal.TextOf(message));
}
