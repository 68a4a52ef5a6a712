namespace KohakuRiver.Auth;

/// <summary>Somebody whose tasks wait for a decision.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">The name it submitted with.</param>
/// <param name="Count">How many of its tasks wait, at least 1.</param>
public sealed record PendingSubmitter(long Id, string Name, int Count);
