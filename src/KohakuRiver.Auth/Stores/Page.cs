namespace KohakuRiver.Auth;

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows, in the order asked for.</param>
/// <param name="Next">Where the next page starts; null on the last page.</param>
/// <param name="Total">How many rows match in all.</param>
/// <typeparam name="T">The row.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, PageCursor? Next, long Total);
