namespace SqlStore;

/// <summary>
/// Names are compared, sorted and searched regardless of case in every culture. The folded form has its own
/// column, because engines fold differently, and most of them only what their collation covers.
/// </summary>
internal static class Names
{
    public static string Fold(string name) => name.ToUpperInvariant();

    public static string? FoldOrNull(string? name) => name?.ToUpperInvariant();
}
