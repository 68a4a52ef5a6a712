namespace KohakuRiver.Auth.Import;

/// <summary>What is to be said about one row of the old database.</summary>
/// <param name="Table">The table's name in the old database.</param>
/// <param name="Id">The row's number there.</param>
/// <param name="Name">What people call it, as it stands there; null where it has no name. Never a secret.</param>
/// <param name="Reason">A sentence.</param>
public sealed record ImportRemark(string Table, long Id, string? Name, string Reason);
