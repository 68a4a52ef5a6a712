namespace KohakuRiver.Auth.Tests.Users;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("EN", "en")]
    [InlineData("zh-hant", "zh-Hant")]
    [InlineData("ZH-HANT-tw", "zh-Hant-TW")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("es-419", "es-419")]
    [InlineData("de-1996", "de-1996")]
    [InlineData("en-x-US-abcd", "en-x-us-abcd")]
    public void Tag_AsAnybodyWritesIt_BecomesTheUsualOne(string written, string usual)
    {
        Assert.Null(LanguageTag.Fault(written));
        Assert.Equal(usual, LanguageTag.Canonical(written));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("1n")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("en--US")]
    [InlineData("日本語")]
    [InlineData("abcdefghi")]
    [InlineData("zh-Hant-TW-x-aaaaaaaa-bbbbbbbb-ccccc")]
    public void Text_ThatIsNoTag_IsAFault(string? written) => Assert.NotNull(LanguageTag.Fault(written));
}
