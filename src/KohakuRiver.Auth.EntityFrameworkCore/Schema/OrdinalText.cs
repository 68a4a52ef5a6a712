using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// Marks text that is sorted or searched by range and must therefore be ordered by code point. An engine whose
/// default collation does not do so gives the marked columns one that does (PostgreSQL: <c>C</c>).
/// </summary>
internal static class OrdinalText
{
    private const string Annotation = "Kohaku:OrdinalText";

    public static PropertyBuilder<T> IsOrdinalText<T>(this PropertyBuilder<T> property) => property.HasAnnotation(Annotation, true);

    public static bool IsOrdinalText(this IReadOnlyProperty property) => property.FindAnnotation(Annotation) is not null;
}
