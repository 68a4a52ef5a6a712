using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>No script has words of its own for people: what it says comes from the page, in the page's language.</summary>
public sealed partial class ScriptLiteralTests
{
    // What is no text, though it looks like one: names of keys, events, methods and styles. UTC is called so in every language.
    private static readonly string[] OfPrograms =
    [
        "use strict", "Enter", "Escape", "POST", "NFC", "NFD", "EventSource", "Second", "light dark", "danger sure", "over",
        "tr, li", "${} (${}) · ${} UTC", "${}T${}Z",
    ];

    private static readonly Dictionary<string, string> Scripts = typeof(PanelAssets).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("panel/scripts/", StringComparison.Ordinal))
        .ToDictionary(n => n, Read, StringComparer.Ordinal);

    [Fact]
    public void Scripts_OfThePanel_HoldNoTextForPeople()
    {
        Assert.True(Scripts.Count > 10, "The scripts were not found.");
        var faults = (from script in Scripts from text in ForPeople(script.Value) select $"{script.Key}: {text}").ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Otherwise the rule above would hold of anything.</summary>
    [Theory]
    [InlineData("say('Approved two tasks.');", "Approved two tasks.")]
    [InlineData("button.textContent = 'copied';", "copied")]
    [InlineData("button.title = on ? 'shown' : '';", "shown")]
    [InlineData("field.setAttribute('aria-label', 'close');", "close")]
    [InlineData("say(`${count} selected`);", "${} selected")]
    [InlineData("const label = \"Copied\";", "Copied")]
    [InlineData("if (confirm('sure')) go();", "sure")]
    [InlineData("const days = [`${n} of ${'many things'}`];", "many things", "${} of ${}")]
    [InlineData("// Not 'Read by people' at all.\nall('a[href], summary'); /* 'Nor this' */")]
    [InlineData("x = a.match(/it's \"Not read\" [/'] /) ?? 'is-chosen';")]
    [InlineData("text.textContent = button.dataset.copied; element.className = 'flash bad';")]
    public void Texts_OfSamples_AreTold(string script, params string[] expected) => Assert.Equal(expected, ForPeople(script));

    /// <summary>Scripts are sent without indents and lines of comments, which no text of theirs may look like.</summary>
    [Fact]
    public void Texts_OfScripts_EndOnTheirLine()
    {
        Assert.All(Scripts, script => Assert.All(
            Script.Literals(script.Value), literal => Assert.DoesNotContain('\n', literal.Text)));
        Assert.All(Scripts, script => Assert.DoesNotMatch(CommentBesideCode(), script.Value));
    }

    private static IEnumerable<string> ForPeople(string script) =>
        from literal in Script.Literals(script)
        where Words().IsMatch(literal.Text.Replace("${}", "", StringComparison.Ordinal))
            && !OfPrograms.Contains(literal.Text, StringComparer.Ordinal)
            && (IsShown(literal) || (!IsSelector(literal) && LooksRead().IsMatch(literal.Text)))
        select literal.Text;

    private static bool IsShown(Script.Literal literal) => Shown().IsMatch(literal.Before);

    private static bool IsSelector(Script.Literal literal) =>
        Selecting().IsMatch(literal.Before) || ClassNames().IsMatch(literal.Before) || literal.Text.AsSpan().ContainsAny('[', '#', '>');

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PanelAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\p{L}{2}", RegexOptions.None, 10_000)]
    private static partial Regex Words();

    // A word with a capital, or two words and more.
    [GeneratedRegex(@"^\p{Lu}\p{Ll}|\p{L}{2,}[,;:.!?]? \p{L}{2,}|\$\{\} \p{L}{2,}|\p{L}{2,} \$\{\}", RegexOptions.None, 10_000)]
    private static partial Regex LooksRead();

    // Put where people read it, or asked; also as one of two choices.
    [GeneratedRegex(
        @"(\.(textContent|innerText|innerHTML|title|placeholder|alt|ariaLabel)\s*=(?!=)[^;]*|\b(say|alert|confirm|prompt|createTextNode)\("
            + @"|setAttribute\('(aria-label|aria-description|title|placeholder|alt)',\s*)$",
        RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Shown();

    [GeneratedRegex(@"\b(all|querySelector|querySelectorAll|closest|matches)\($|closest\?\.\($", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Selecting();

    [GeneratedRegex(@"\.className = [^;]*$", RegexOptions.None, 10_000)]
    private static partial Regex ClassNames();

    [GeneratedRegex(@"[;{}),][^\S\n]*//", RegexOptions.None, 10_000)]
    private static partial Regex CommentBesideCode();
}
