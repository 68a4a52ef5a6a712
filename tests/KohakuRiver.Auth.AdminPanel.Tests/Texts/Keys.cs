using System.Reflection;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Texts.Compiled;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Components.Rendering;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>The texts that pages may ask a translation for.</summary>
internal static partial class Keys
{
    private static readonly Assembly Core = typeof(Refusal).Assembly;
    private static readonly Assembly Panel = typeof(PanelTexts).Assembly;
    private static readonly Assembly Http = typeof(HttpRefusals).Assembly;

    private static readonly Type[] OfHttp = [typeof(HttpRefusals), typeof(StrictQuery), typeof(UserListQuery)];

    // Said by the start of the host or to programmers, never on a page.
    private static readonly string[] OfTheStart =
    [
        "KohakuAuthOptionsValidator", "SectionCheck", "StoreBonds", "PlugConflict", "DeploymentService", "AdminPanelOptionsValidator",
        // Names of products.
        "BrowserName",
    ];

    // Said to programs, or in no page.
    private static readonly string[] OfNoPage =
    [
        HttpRefusals.NotJson.Message, "Guessed at once.", "Easily guessed.", "Could be guessed with some effort.", "Hard to guess.",
        "Very hard to guess.",
    ];

    /// <summary>All texts of the panel and of what it is built on, whatever they are for.</summary>
    internal static IReadOnlyList<Literal> Everything { get; } = [.. new[] { Core, Http, Panel }.SelectMany(Literals.Of)];

    /// <summary>All texts of the panel.</summary>
    internal static IEnumerable<Literal> OfThePanel => Everything.Where(l => l.Type.Assembly == Panel);

    /// <summary>The key → where it is asked for.</summary>
    internal static IReadOnlyDictionary<string, string> All { get; } = Asked().Concat(Tables()).Concat(Refused())
        .Where(k => k.Key.Any(char.IsLetter) && !OfNoPage.Contains(k.Key, StringComparer.Ordinal))
        .GroupBy(k => k.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(
            k => k.Key, k => string.Join(", ", k.Select(w => w.Where).Distinct(StringComparer.Ordinal)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text goes into a page as it is.</summary>
    internal static bool IsOfAPage(Literal literal) => literal.Taker?.DeclaringType == typeof(RenderTreeBuilder);

    /// <summary>Whether a text looks like one that people read: a sentence.</summary>
    internal static bool IsSentence(string text) => Sentence().IsMatch(text);

    /// <summary>Whether a text looks like the beginning of one, or like several words.</summary>
    internal static bool IsPhrase(string text) => IsSentence(text) || Phrase().IsMatch(text);

    private static IEnumerable<(string Key, string Where)> Asked() =>
        from literal in OfThePanel
        where literal.Text is not null && IsKey(literal)
        select (literal.Text, literal.Type.Name);

    private static bool IsKey(Literal literal) =>
        (literal.GoesTo(typeof(PanelTexts), "get_Item") && literal.Place == 0)
        || (literal.GoesTo(typeof(PanelTexts), nameof(PanelTexts.Rich)) && literal.Place == 0)
        || (literal.GoesTo(typeof(PanelTexts), nameof(PanelTexts.Count)) && literal.Place is 1 or 2);

    private static IEnumerable<(string Key, string Where)> Tables() =>
    [
        .. AuditWords.All.Select(w => (w.Value, nameof(AuditWords))),
        .. StatusWords.All.Select(w => (w, nameof(StatusWords))),
        .. Flash.Sentences.Select(s => (s, nameof(Flash))),
        .. from literal in Everything
           where literal.Text is not null && literal.Taker is { Name: "On", DeclaringType.Name: "AuditEntries" } && literal.Place == 1
           select (literal.Text, nameof(AuditWords)),
        .. from change in Enum.GetValues<UsersChange>()
           let question = UsersChangeText.Question(change)
           from text in new[] { question.One, question.Many, UsersChangeText.Consequence(change), UsersChangeText.Verb(change) }
           select (text, nameof(UsersChangeText)),
    ];

    // Sentences of the core are refusals or parts of them; of HTTP only those that are no answers to programs.
    private static IEnumerable<(string Key, string Where)> Refused() =>
    [
        .. from literal in Everything
           where literal.Text is { } text && IsRefusal(literal, text)
           select (literal.Text!, literal.Type.Name),
    ];

    private static bool IsRefusal(Literal literal, string text)
    {
        if (literal.Type.Assembly == Core)
        {
            return IsSentence(text) && !IsOfTheStart(literal);
        }

        return literal.Type.Assembly == Panel
            ? IsSaidAsARefusal(literal) || (IsPhrase(text) && !IsOfAPage(literal) && !IsOfTheStart(literal) && !LogTemplate().IsMatch(text))
            : OfHttp.Contains(literal.Type) && IsSaidAsARefusal(literal);
    }

    private static bool IsOfTheStart(Literal literal) => literal.IsOfAnException || literal.Type.IsAssignableTo(typeof(Exception))
        || OfTheStart.Contains(literal.Type.Name, StringComparer.Ordinal);

    private static bool IsSaidAsARefusal(Literal literal) =>
        (literal.GoesTo(typeof(Refusal), ".ctor") || literal.GoesTo(typeof(Refusal), nameof(Refusal.Field))
            || literal.GoesTo(typeof(FieldFaults), nameof(FieldFaults.Add))
                || literal.GoesTo(typeof(StrictQuery), nameof(StrictQuery.Fault)))
                ? literal.Place == 1
                : literal.GoesTo(typeof(RefusalText), ".ctor") && literal.Place == 0;

    [GeneratedRegex(@"\{[A-Z][a-z]", RegexOptions.None, 60_000)]
    private static partial Regex LogTemplate();

    [GeneratedRegex(@"^[A-Z{].* .*[.!?]$", RegexOptions.Singleline, 60_000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^([A-Z][a-z]*|\{0\}) [\w{]\w", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Phrase();
}
