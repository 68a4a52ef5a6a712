using System.Net;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>A form of a page as a browser holds it: every field with what it was loaded with.</summary>
internal sealed partial class PageForm
{
    private readonly List<(string Name, string Value)> fields;
    private readonly List<string> names;

    private PageForm(string action, List<(string Name, string Value)> fields, List<string> names)
    {
        Action = action;
        this.fields = fields;
        this.names = names;
    }

    /// <summary>Where it is sent, without the panel's prefix and the way back.</summary>
    internal string Action { get; }

    /// <summary>The whole address it is sent to, without the panel's prefix.</summary>
    internal string Target { get; private init; } = "";

    internal string Token => Values("form_token").Single();

    /// <summary>What it sends but the token.</summary>
    internal (string Name, string Value)[] Fields => [.. fields.Where(f => f.Name != "form_token")];

    /// <summary>The names of all its fields but the token, with boxes that are not ticked, buttons, and boxes that stand outside.</summary>
    internal IReadOnlyCollection<string> Names => [.. names.Where(n => n != "form_token").Distinct(StringComparer.Ordinal)];

    internal IReadOnlyList<string> Values(string name) => [.. fields.Where(f => f.Name == name).Select(f => f.Value)];

    internal PageForm Copy() => new(Action, [.. fields], names) { Target = Target };

    internal void Set(string name, params string[] values)
    {
        fields.RemoveAll(f => f.Name == name);
        fields.AddRange(values.Select(v => (name, v)));
    }

    /// <summary>The form of a page whose address ends so.</summary>
    internal static PageForm Read(string html, string action, string home) =>
        All(html, home).Single(f => f.Action.EndsWith(action, StringComparison.Ordinal));

    /// <summary>All forms of a page that are posted.</summary>
    internal static IReadOnlyList<PageForm> All(string html, string home)
    {
        var forms = Forms().Matches(html);
        return [.. forms.Select(whole => Read(html, whole, home))];
    }

    private static PageForm Read(string html, Match whole, string home)
    {
        var body = whole.Groups["body"].Value;
        var read = new List<(string, string)>();
        foreach (Match input in Inputs().Matches(body))
        {
            var attributes = input.Groups["attributes"].Value;
            // What has no name is shown and not sent.
            if (Attribute(attributes, "name").Length > 0
                && (!attributes.Contains("type=\"checkbox\"", StringComparison.Ordinal)
                    || attributes.Contains(" checked", StringComparison.Ordinal)))
            {
                read.Add((Attribute(attributes, "name"), Attribute(attributes, "value")));
            }
        }

        foreach (Match box in Boxes().Matches(body))
        {
            read.Add((Attribute(box.Groups["attributes"].Value, "name"), WebUtility.HtmlDecode(box.Groups["text"].Value)));
        }

        foreach (Match choice in Choices().Matches(body))
        {
            var chosen = Selected().Match(choice.Groups["body"].Value).Groups["attributes"].Value;
            read.Add((Attribute(choice.Groups["attributes"].Value, "name"), Attribute(chosen, "value")));
        }

        var id = Attribute(whole.Groups["attributes"].Value, "id");
        var outside = id.Length == 0
            ? []
            : Named().Matches(html).Select(m => m.Value).Where(a => Attribute(a, "form") == id);
        var named = Named().Matches(body).Select(m => m.Value).Concat(outside).Select(a => Attribute(a, "name"));
        var target = WebUtility.HtmlDecode(Attribute(whole.Groups["attributes"].Value, "action"))[home.Length..];
        return new PageForm(target.Split('?')[0], read, [.. named]) { Target = target };
    }

    private static string Attribute(string attributes, string name)
    {
        var found = Regex.Match(attributes, $"(^| ){name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return WebUtility.HtmlDecode(found.Groups["value"].Value);
    }

    private const RegexOptions Whole = RegexOptions.Singleline | RegexOptions.ExplicitCapture;

    [GeneratedRegex("<form (?<attributes>method=\"post\"[^>]*)>(?<body>.*?)</form>", Whole, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input (?<attributes>[^>]*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea (?<attributes>[^>]*)>(?<text>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boxes();

    [GeneratedRegex("<select (?<attributes>[^>]*)>(?<body>.*?)</select>", Whole, 1000)]
    private static partial Regex Choices();

    [GeneratedRegex("<option (?<attributes>[^>]* selected[^>]*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Selected();

    [GeneratedRegex("<(input|textarea|select|button) [^>]*name=\"[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
