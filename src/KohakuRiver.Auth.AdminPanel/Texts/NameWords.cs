namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Whoever acted without an account: their names are no user's, and mean nothing to a reader.</summary>
internal static class NameWords
{
    /// <summary>The name as it is shown: in words where nobody has it, and otherwise as it is.</summary>
    internal static string Say(PanelTexts texts, string name) => name switch
    {
        Actor.SystemName => texts["the system"],
        Actor.AnonymousName => texts["someone not logged in"],
        _ => name,
    };
}
