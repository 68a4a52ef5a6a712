namespace KohakuRiver.Auth.Import;

/// <summary>A user who has another name here than in the old database.</summary>
/// <param name="Id">The row's id in the old database.</param>
/// <param name="OldName">The name there.</param>
/// <param name="NewName">The name here.</param>
public sealed record ImportRename(long Id, string OldName, string NewName);
