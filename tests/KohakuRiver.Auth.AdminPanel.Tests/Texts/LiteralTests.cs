using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Texts.Compiled;
using Microsoft.AspNetCore.Components.Rendering;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>Nothing that a person reads stands in a page as it is: everything goes through the panel's texts.</summary>
public sealed partial class LiteralTests
{
    // Parameters and attributes whose values nobody reads.
    private static readonly string[] NotRead =
        ["For", "Class", "Action", "Id", "Name", "Field", "Autocomplete", "content", "class", "d", "style"];

    // What stands for itself in every language.
    private static readonly string[] Same = ["UTC", "VPS", "GPU", "CSV", "JSON Lines", "QR", "CPU", "ID"];

    // Names of settings and headers, which are typed as they are.
    private static readonly string[] Typed =
    [
        "AuthOffPage: KohakuAuth", "AuthOffPage: Enabled", "AuthOffPage: KohakuAuth__Enabled", "AuthOffPage: true",
        "NewTokenPage: Authorization: Bearer …", "AuditPage: placeholder=\"auth.login\"",
    ];

    [Fact]
    public void Texts_BetweenElements_GoThroughTheTexts() => Holds(
        from literal in Pages()
        where literal.GoesTo(typeof(RenderTreeBuilder), nameof(RenderTreeBuilder.AddMarkupContent))
            || (literal.GoesTo(typeof(RenderTreeBuilder), nameof(RenderTreeBuilder.AddContent)) && literal.Place == 1)
        from text in Tag().Split(literal.Text!)
        where HasWords(text)
        select $"{literal.Type.Name}: {text.Trim()}");

    [Fact]
    public void Texts_OfAttributesInMarkup_GoThroughTheTexts() => Holds(
        from literal in Pages()
        where literal.GoesTo(typeof(RenderTreeBuilder), nameof(RenderTreeBuilder.AddMarkupContent))
        from Match attribute in ReadAttribute().Matches(literal.Text!)
        where HasWords(attribute.Groups["text"].Value)
        select $"{literal.Type.Name}: {attribute.Value}");

    [Fact]
    public void Texts_OfAttributesAndParameters_GoThroughTheTexts() => Holds(
        from call in Pages().Where(l => l.Taker?.DeclaringType == typeof(RenderTreeBuilder)).GroupBy(l => l.Call)
        let name = call.FirstOrDefault(l => l.Place == 1)?.Text
        where name is not null && !NotRead.Contains(name, StringComparer.Ordinal)
        from literal in call
        where literal.Place == 2 && IsForPeople(name, literal.Text!)
        select $"{literal.Type.Name}: {name}=\"{literal.Text}\"");

    [Fact]
    public void Refusals_WithValuesInThem_SayHowTheyAreComposed() => Holds(
        from literal in Keys.Everything
        where literal.Text is null
            && (literal.GoesTo(typeof(Refusal), ".ctor") || literal.GoesTo(typeof(Refusal), nameof(Refusal.Field))
                || literal.GoesTo(typeof(FieldFaults), nameof(FieldFaults.Add)))
            && literal.Place == 1 && !OfPrograms.Contains(literal.Type.Name, StringComparer.Ordinal)
        select literal.Type.Name);

    [Theory]
    [InlineData("Save role", true)]
    [InlineData(" · ", false)]
    [InlineData(" UTC", false)]
    [InlineData("&nbsp;–&#x2026;", false)]
    [InlineData("Id", true)]
    public void Words_OfSamples_AreTold(string text, bool expected) => Assert.Equal(expected, HasWords(text));

    // What is wrong with JSON is said to programs.
    private static readonly string[] OfPrograms = ["StrictJson", "JsonFaults"];

    private static void Holds(IEnumerable<string> faults)
    {
        var all = faults.Except(Typed, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all.Prepend($"{all.Count} texts:")));
    }

    private static IEnumerable<Literal> Pages() => Keys.OfThePanel.Where(l => l.Text is not null);

    private static bool HasWords(string text) => Letters().IsMatch(Same.Aggregate(
        Entity().Replace(text, ""), (left, same) => left.Replace(same, "", StringComparison.Ordinal)));

    private static bool IsForPeople(string name, string text) => HasWords(text)
        && (Read().IsMatch(name) || Keys.IsPhrase(text) || (char.IsUpper(text[0]) && text.Length > 1 && char.IsLower(text[1])));

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 60_000)]
    private static partial Regex Tag();

    [GeneratedRegex("&#?[A-Za-z0-9]+;", RegexOptions.None, 60_000)]
    private static partial Regex Entity();

    [GeneratedRegex(@"\p{L}{2}", RegexOptions.None, 60_000)]
    private static partial Regex Letters();

    [GeneratedRegex("^(aria-label|title|placeholder|alt|label|Label|Hint|Title|Empty|Filter|Never|None|Confirm|Text)$",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Read();

    [GeneratedRegex(@"\s(aria-label|title|placeholder|alt|label|data-label)=""(?<text>[^""]*)""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex ReadAttribute();
}
