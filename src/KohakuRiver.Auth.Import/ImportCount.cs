namespace KohakuRiver.Auth.Import;

/// <summary>What became of the rows of one table; the three numbers add up to its rows.</summary>
/// <param name="Table">The table's name in the old database.</param>
/// <param name="Imported">Rows imported, or that would be in a dry run.</param>
/// <param name="AlreadyThere">Rows that need nothing, because an earlier run imported them or they already existed.</param>
/// <param name="LeftOut">Rows that were not imported; <see cref="ImportReport.LeftOut"/> says why.</param>
public sealed record ImportCount(string Table, int Imported, int AlreadyThere, int LeftOut);
