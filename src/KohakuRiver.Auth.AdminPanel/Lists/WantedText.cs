using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What somebody looks for in lists that are read whole: a part of a text, regardless of case and accents, as the stores do.
/// </summary>
/// <param name="text">What they typed; null for nothing.</param>
internal sealed class WantedText(string? text)
{
    private readonly string folded = SearchText.Fold(text ?? "");

    /// <summary>Whether nothing is left to look for.</summary>
    internal bool IsEmpty => folded.Length == 0;

    /// <summary>Whether one of the texts has it; nothing is in all of them, and null has nothing.</summary>
    internal bool IsIn(params IEnumerable<string?> texts) =>
        texts.Any(t => t is not null && SearchText.Fold(t).Contains(folded, StringComparison.Ordinal));
}
