using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Localization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The library's own translations, <c>PanelTexts.*.resx</c>. All texts of a language are read at once: what is not among them costs
/// nothing. Their names do not differ in case alone, which resources cannot hold, so that case does not count.
/// </summary>
internal sealed class OwnTexts : IStringLocalizer
{
    private readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> languages = new(StringComparer.Ordinal);
    private readonly ResourceManager resources = new(typeof(PanelTexts));

    /// <inheritdoc />
    public LocalizedString this[string name] =>
        In(CultureInfo.CurrentUICulture).TryGetValue(name, out var text) ? new(name, text) : new(name, name, resourceNotFound: true);

    /// <inheritdoc />
    public LocalizedString this[string name, params object[] arguments] => this[name] is var found
        ? new(name, string.Format(CultureInfo.InvariantCulture, found.Value, arguments), found.ResourceNotFound)
        : found;

    /// <inheritdoc />
    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        In(CultureInfo.CurrentUICulture).Select(t => new LocalizedString(t.Key, t.Value));

    /// <summary>Whether a text is one of those in a language.</summary>
    internal bool Has(CultureInfo culture, string text) => In(culture).ContainsKey(text);

    private FrozenDictionary<string, string> In(CultureInfo culture) => languages.GetOrAdd(culture.Name, _ => Read(culture));

    // Of the language or, for one of a region, of the language around it; English and unknown ones have none.
    private FrozenDictionary<string, string> Read(CultureInfo culture)
    {
        for (var now = culture; now.Name.Length > 0; now = now.Parent)
        {
            if (resources.GetResourceSet(now, createIfNotExists: true, tryParents: false) is { } set)
            {
                return set.Cast<DictionaryEntry>()
                    .ToFrozenDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.OrdinalIgnoreCase);
            }
        }

        return FrozenDictionary<string, string>.Empty;
    }
}
