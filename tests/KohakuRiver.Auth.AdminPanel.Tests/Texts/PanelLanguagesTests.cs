using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

public sealed class PanelLanguagesTests
{
    [Theory]
    [InlineData(null, null, "en")]
    [InlineData(null, "fr, de;q=0.8", "en")]
    [InlineData(null, "ja", "ja")]
    [InlineData(null, "fr, ja;q=0.5, en;q=0.7", "en")]
    [InlineData(null, "zh-TW, en;q=0.9", "zh-Hant")]
    [InlineData(null, "zh-Hant-HK", "zh-Hant")]
    [InlineData(null, "zh-CN", "zh-Hant")]
    [InlineData(null, "en-GB, ja;q=0.9", "en")]
    [InlineData(null, "ja;q=0, en", "en")]
    [InlineData(null, "JA-jp", "ja")]
    [InlineData("ja", "zh-TW", "ja")]
    [InlineData("fr", "zh-TW", "zh-Hant")]
    public void Language_OfAccountAndBrowser_IsTheBestThatIsOffered(string? account, string? accepted, string expected)
    {
        var wishes = accepted is null ? null : StringWithQualityHeaderValue.ParseList(accepted.Split(','));
        Assert.Equal(expected, PanelLanguages.Choose(new AdminPanelOptions(), account, wishes));
    }

    [Fact]
    public void Language_FixedByTheHost_IsTheOneOfEverybody() => Assert.Equal(
        "ja", PanelLanguages.Choose(new AdminPanelOptions { Language = "ja" }, "en", StringWithQualityHeaderValue.ParseList(["en"])));

    [Fact]
    public async Task Account_WithALanguage_IsSpokenToInIt()
    {
        await using var host = await PanelHost.StartAsync();
        using var user = await host.LogInAsync(Role.User);
        Assert.Contains("<html lang=\"en\"", await user.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await user.PostAsync("/account/language", ("language", "ja"))).StatusCode);
        Assert.Contains("<html lang=\"ja\"", await user.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Equal("ja", (await host.Get<IAccountService>().GetAsync(host.ActorOf(Role.User))).Require().User.Language);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await user.PostAsync("/account/language", ("language", "j_a"))).StatusCode);
        await user.PostAsync("/account/language", ("language", ""));
        Assert.Contains("<html lang=\"en\"", await user.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browser_ThatNobodyIsLoggedInTo_IsAnsweredInItsLanguage()
    {
        await using var host = await PanelHost.StartAsync();
        using var nobody = new PanelClient(host);
        nobody.Http.DefaultRequestHeaders.Add("Accept-Language", "zh-TW,zh;q=0.9,en;q=0.5");
        Assert.Contains("<html lang=\"zh-Hant\"", await nobody.ReadAsync("/login"), StringComparison.Ordinal);
    }
}
