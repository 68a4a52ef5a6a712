namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Endpoint metadata: what a form may send. Everything else is refused.</summary>
/// <param name="Shape">Its fields.</param>
/// <param name="OnlyOnce">Whether sending the same form again is refused, because it would make a second secret.</param>
internal sealed record FormRules(FormShape Shape, bool OnlyOnce);
