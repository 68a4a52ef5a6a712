namespace KohakuRiver.Auth.Import.Tests;

/// <summary>Which name follows from one that is not valid here.</summary>
public sealed class NameMappingTests
{
    [Theory]
    [InlineData("me@example.org", "me-example.org")]
    [InlineData("Jean Paul  Sartre", "Jean-Paul-Sartre")]
    [InlineData("o'brien+lab", "o-brien-lab")]
    [InlineData("_hidden_", "hidden_")]
    [InlineData("a\u2013b\u00A0c", "a-b-c")]
    [InlineData("Jürgen Weiß", "Juergen-Weiss")]
    [InlineData("ÄÖÜ", "AeOeUe")]
    [InlineData("josé.nuñez", "jose.nunez")]
    [InlineData("Søren Ångström", "Soeren-Aangstroem")]
    [InlineData("łukasz", "lukasz")]
    [InlineData("dvořák", "dvorak")]
    [InlineData("q\u0303uid", "quid")]
    [InlineData("Сергей Щукин", "Sergei-Shchukin")]
    [InlineData("ёлка", "elka")]
    [InlineData("Юлия.1", "Iuliia.1")]
    [InlineData("Згурський Юрій", "Zghurskyi-Yurii")]
    [InlineData("Знам\u02BCянка", "Znamianka")]
    [InlineData("Єва Їжак", "Yeva-Yizhak")]
    public void Map_NameWithOneSensibleForm_GivesIt(string old, string expected)
    {
        Assert.True(FormerName.TryRead(old, out var composed));
        Assert.Equal((expected, null), NameMapping.Map(composed));

        // However the letters were composed.
        Assert.True(FormerName.TryRead(old.Normalize(System.Text.NormalizationForm.FormD), out var again));
        Assert.Equal((expected, null), NameMapping.Map(again));
    }

    [Theory]
    [InlineData("李雷", "U+674E")]
    [InlineData("한글 이름", "U+D55C")]
    [InlineData("Αλέξης", "U+0391")]
    [InlineData("محمد", "U+0645")]
    [InlineData("ada🦊", "U+1F98A")]
    [InlineData("x\u200By", "U+200B")]
    [InlineData("ｆｕｌｌ", "U+FF46")]
    [InlineData("\u0430dmin", "mixes Latin and Cyrillic")]
    [InlineData("ivan петров", "mixes Latin and Cyrillic")]
    [InlineData("їжёк", "two Cyrillic alphabets")]
    [InlineData("ђура", "U+0452")]
    [InlineData("воўк", "U+045E")]
    [InlineData("é", "nothing valid is left of it but \"e\"")]
    [InlineData("@@@", "nothing valid is left of it but \"\"")]
    public void Map_NameWithSeveralOrNone_SaysWhy(string old, string why)
    {
        Assert.True(FormerName.TryRead(old, out var composed));
        var (name, fault) = NameMapping.Map(composed);

        Assert.Null(name);
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_EveryCharacter_GivesAValidNameOrNone()
    {
        for (var code = 1; code <= 0xFFFF; code++)
        {
            if (!char.IsSurrogate((char)code) && FormerName.TryRead($"abc{(char)code}def", out var old)
                && NameMapping.Map(old) is ({ } name, _))
            {
                Assert.Null(FieldRules.Username(name));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a\uFFFEb")]
    public void TryRead_TextThatNoDatabaseHolds_IsNoFormerName(string? text) => Assert.False(FormerName.TryRead(text, out _));

    // An attribute cannot hold half of a pair.
    [Fact]
    public void TryRead_HalfAPairOrVeryLongText_IsNoFormerName() =>
        Assert.All((string[])["half \uD800 a pair", "\uDC00", new string('x', 100_000)], t => Assert.False(FormerName.TryRead(t, out _)));
}
