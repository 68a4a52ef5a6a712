using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>The library's own texts in a language, as they are compiled.</summary>
internal static partial class Translations
{
    /// <summary>Languages that have texts; the keys are English.</summary>
    internal static IReadOnlyList<string> Languages { get; } = [.. PanelLanguages.Complete.Where(l => l != "en")];

    /// <summary>Key → text.</summary>
    internal static IReadOnlyDictionary<string, string> In(string language) =>
        new ResourceManager(typeof(PanelTexts))
            .GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.OrdinalIgnoreCase);

    /// <summary>The places of a text, each once.</summary>
    internal static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[0-9]+\}", RegexOptions.None, 60_000)]
    private static partial Regex Place();
}
