namespace KohakuRiver.Auth;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Limit">Rows a page, at least 1.</param>
/// <param name="After">The row after which the page starts, from the page before; null for the first page.</param>
public sealed record PageRequest(int Limit, PageCursor? After = null);
