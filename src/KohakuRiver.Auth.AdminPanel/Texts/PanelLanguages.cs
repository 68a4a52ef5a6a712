using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Which language a page speaks.</summary>
internal static class PanelLanguages
{
    /// <summary>Those whose texts the library has, all of them.</summary>
    internal static IReadOnlyList<string> Complete { get; } = ["en", "zh-Hant", "ja"];

    /// <summary>The language for a request.</summary>
    /// <param name="options">What the host offers.</param>
    /// <param name="account">What the account says; null for nothing.</param>
    /// <param name="accepted">The <c>Accept-Language</c> of the browser, in no order; what cannot be read is left out.</param>
    internal static string Choose(AdminPanelOptions options, string? account, IList<StringWithQualityHeaderValue>? accepted) =>
        options.Language
        ?? Best(options.Languages, account)
        ?? (accepted ?? [])
            .Select((wish, place) => (Tag: wish.Value.Value, Quality: wish.Quality ?? 1, place))
            .Where(w => w.Quality > 0)
            .OrderByDescending(w => w.Quality)
            .ThenBy(w => w.place)
            .Select(w => Best(options.Languages, w.Tag))
            .FirstOrDefault(l => l is not null)
        ?? options.Languages[0];

    /// <summary>The name of a language in itself, for choosing it.</summary>
    internal static string NameOf(string tag) => tag switch
    {
        "en" => "English",
        "zh-Hant" => "繁體中文",
        "ja" => "日本語",
        _ => CultureInfo.GetCultureInfo(tag).NativeName,
    };

    // The longest beginning that is offered (RFC 4647, lookup); those who write Chinese read either script rather than English.
    private static string? Best(IList<string> offered, string? wanted)
    {
        for (var tag = wanted; !string.IsNullOrEmpty(tag); tag = tag.LastIndexOf('-') is > 0 and var cut ? tag[..cut] : null)
        {
            if (offered.FirstOrDefault(o => o.Equals(tag, StringComparison.OrdinalIgnoreCase)) is { } same)
            {
                return same;
            }
        }

        var language = wanted?.Split('-')[0];
        return language is { Length: >= 2 }
            ? offered.FirstOrDefault(o => o.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase))
            : null;
    }
}
