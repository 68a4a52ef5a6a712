namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>The library's own translations are whole, and hold nothing that is not said any more.</summary>
public sealed class TranslationTests
{
    public static TheoryData<string> Languages => new(Translations.Languages);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Translation_OfEveryKey_IsThere(string language)
    {
        var texts = Translations.In(language);
        var missing = Keys.All.Keys.Where(k => !texts.ContainsKey(k)).Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"""
            {missing.Count} texts are missing in PanelTexts.{language}.resx. Translate and paste:
            {string.Join('\n', missing.Select(k => Translations.Line(k, "")))}
            """);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Translation_OfEveryKey_HasItsPlaces(string language) => Assert.Empty(
        from text in Translations.In(language)
        where !Translations.Places(text.Key).SequenceEqual(Translations.Places(text.Value), StringComparer.Ordinal)
        select $"{text.Key} → {text.Value}");

    // With KOHAKU_UPDATE_DOCS=1 they are taken out of the file instead.
    [Theory]
    [MemberData(nameof(Languages))]
    public void Translation_ThatNobodyAsksFor_IsNotThere(string language)
    {
        var idle = Translations.In(language).Keys.Where(k => !Keys.All.ContainsKey(k)).Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            Translations.Remove(language, idle);
            return;
        }

        Assert.True(idle.Count == 0, $"""
            {idle.Count} texts of PanelTexts.{language}.resx are said nowhere. KOHAKU_UPDATE_DOCS=1 takes them out:
            {string.Join('\n', idle)}
            """);
    }
}
