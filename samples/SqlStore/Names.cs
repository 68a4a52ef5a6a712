namespace SqlStore;

/// <summary>
/// Names are equal regardless of case in every culture, and are sorted and searched so. The folded form stands in a column of its
/// own, because engines fold differently, and most of them only what their collation knows.
/// </summary>
internal static class Names
{
    public static string Fold(string name) => name.ToUpperInvariant();

    public static string? FoldOrNull(string? name) => name?.ToUpperInvariant();
}
