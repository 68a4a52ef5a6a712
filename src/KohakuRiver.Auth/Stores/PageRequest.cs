namespace KohakuRiver.Auth;

/// <summary>Selects a page of a list.</summary>
/// <param name="Limit">The number of rows per page, at least 1.</param>
/// <param name="After">The row after which the page starts, from the page before; null for the first page.</param>
public sealed record PageRequest(int Limit, PageCursor? After = null);
