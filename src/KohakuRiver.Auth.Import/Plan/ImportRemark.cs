namespace KohakuRiver.Auth.Import;

/// <summary>A remark about one row of the old database.</summary>
/// <param name="Table">The table's name in the old database.</param>
/// <param name="Id">The row's id there.</param>
/// <param name="Name">Its name in the old database; null where it has none. Never a secret.</param>
/// <param name="Reason">The reason, as a sentence.</param>
public sealed record ImportRemark(string Table, long Id, string? Name, string Reason);
