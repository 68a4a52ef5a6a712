using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>What a page of a host with <see cref="MarkedTexts"/> says without having asked for a translation.</summary>
internal static partial class MarkedPage
{
    // Attributes that no person reads.
    private static readonly string[] Technical =
    [
        "class", "id", "for", "name", "value", "href", "src", "action", "method", "type", "rel", "role", "scope", "lang", "content",
        "charset", "d", "viewbox", "fill", "style", "form", "list", "datetime", "autocomplete", "autocapitalize", "inputmode", "spellcheck",
        "shape-rendering", "text-anchor", "focusable", "data-ask-with", "data-ask-not",
        "popovertarget", "popovertargetaction", "data-name", "data-kind", "data-as", "data-state", "data-row", "data-edge",
        "data-theme", "data-day-of", "data-events", "data-now", "data-generate", "data-reveal", "data-copy-value", "data-copy-all",
        "data-strength-of", "data-choose-all", "data-filter", "data-session-says", "data-session",
    ];

    // What people, the host and the standards wrote: names, commands, limits, units.
    internal static readonly string[] Theirs =
    [
        "KohakuRiver", "the-admin", "the-operator", "the-user", "the-viewer", "The Admin", "The Operator", "The User", "The Viewer",
        "Research", "Teaching", "People who train models", "nightly build", "max_tasks", "max_gpus", "node-a", "node-b", "NVIDIA A100",
        "training", "notebook", "spare", "vps-1", "vps-2", "vps-3", "Please use the queue for small tests.", "GiB", "MiB",
        "English", "繁體中文", "日本語", "MODE", "test", "command",
        "anonymous", "host", "system", "auth.login", "python", "nvidia-smi", "echo", "sleep", "hello world", "train.py --epochs",
    ];

    /// <summary>The words outside every mark, but for those of people and of the host.</summary>
    /// <param name="html">The page.</param>
    /// <param name="theirs">What people and the host wrote.</param>
    internal static IEnumerable<string> Unmarked(string html, IReadOnlyList<string> theirs)
    {
        var page = Unread().Replace(html, " ");
        var attributes =
            from tag in Tag().Matches(page)
            from attribute in Attribute().Matches(tag.Value)
            let name = attribute.Groups["name"].Value
            where !Technical.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith("aria-", StringComparison.Ordinal)
                || name == "aria-label"
            from word in Outside(attribute.Groups["value"].Value, theirs)
            select $"{name}=\"{word}\"";
        return [.. Outside(Tag().Replace(page, " "), theirs), .. attributes];
    }

    private static IEnumerable<string> Outside(string text, IReadOnlyList<string> theirs)
    {
        var depth = 0;
        var outside = new StringBuilder();
        foreach (var c in WebUtility.HtmlDecode(text))
        {
            depth += c == MarkedTexts.Begin ? 1 : c == MarkedTexts.End ? -1 : 0;
            outside.Append(depth > 0 ? ' ' : c);
        }

        var left = theirs.OrderByDescending(t => t.Length)
            .Aggregate(outside.ToString(), (rest, their) => rest.Replace(their, " ", StringComparison.Ordinal));
        return Word().Matches(string.Join(' ', left.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Select(w => w.Value);
    }

    // What runs, instants and days, code, beginnings of secrets, letters beside a name, and what was written down when it happened.
    [GeneratedRegex(
        "<(?<what>script|style|time|code|pre)\\b.*?</\\k<what>>|<text class=\"day\".*?</text>"
            + "|<!.*?>|<span class=\"initials.*?</span>|kr[a-z]_[\\w-]+"
            + "|<td data-label=\"[^\"]*Detail [^\"]*\".*?</td>|<dl class=\"details\">.*?</dl>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Unread();

    [GeneratedRegex("<(\"[^\"]*\"|[^\"<>])*>", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Tag();

    [GeneratedRegex("\\s(?<name>[a-z-]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\p{L}{2,}[\p{L} '.,-]*", RegexOptions.None, 10_000)]
    private static partial Regex Word();
}
