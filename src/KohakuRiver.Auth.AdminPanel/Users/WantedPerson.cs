namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Whose rows of a list are wanted.</summary>
/// <param name="Text">The username, or what was typed where it leads to nobody or to several; null for everybody.</param>
/// <param name="Id">Whose; an id that nobody has where it leads to nobody or to several, and null for everybody.</param>
/// <param name="Several">The usernames to choose from where there is more than one.</param>
internal sealed record WantedPerson(string? Text, long? Id, IReadOnlyList<string> Several);
