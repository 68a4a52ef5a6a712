namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Endpoint metadata: what a form may send. Everything else is refused.</summary>
/// <param name="Fields">Fields that may come once.</param>
/// <param name="Lists">Fields that may come several times.</param>
/// <param name="OnlyOnce">Whether sending the same form again is refused, because it would make a second secret.</param>
internal sealed record FormRules(IReadOnlyList<string> Fields, IReadOnlyList<string> Lists, bool OnlyOnce);
