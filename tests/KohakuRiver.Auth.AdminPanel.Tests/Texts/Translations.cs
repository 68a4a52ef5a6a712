using System.Collections;
using System.Globalization;
using System.Resources;
using System.Security;
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

    /// <summary>A text as it stands in the file: one line, in the order of the keys.</summary>
    internal static string Line(string key, string text) =>
        $"  <data name=\"{SecurityElement.Escape(key)}\" xml:space=\"preserve\"><value>{SecurityElement.Escape(text)}</value></data>";

    /// <summary>Takes texts out of the file.</summary>
    internal static void Remove(string language, IReadOnlyCollection<string> keys)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "KohakuRiver.Auth.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        var file = Path.Combine(root.FullName, "src", "KohakuRiver.Auth.AdminPanel", "Texts", $"PanelTexts.{language}.resx");
        var names = keys.Select(k => Line(k, "").Split("><value>")[0]).ToHashSet(StringComparer.Ordinal);
        File.WriteAllLines(file, [.. File.ReadAllLines(file).Where(l => !names.Contains(l.Split("><value>")[0]))]);
    }

    /// <summary>The places of a text, each once.</summary>
    internal static IEnumerable<string> Places(string text) =>
        Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[0-9]+\}", RegexOptions.None, 60_000)]
    private static partial Regex Place();
}
