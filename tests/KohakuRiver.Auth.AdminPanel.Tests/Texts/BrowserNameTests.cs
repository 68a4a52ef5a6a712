namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>Browsers by name, from what browsers of the day send, and from what somebody writes who wants to be seen as another.</summary>
public sealed class BrowserNameTests
{
    private const string Apple = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/";
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ";
    private const string Linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ";

    private static readonly PanelTexts English = new([], System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(Linux + "HeadlessChrome/156.0.0.0 Safari/537.36", "Chromium 156 on Linux")]
    [InlineData(Linux + "Chrome/156.0.0.0 Safari/537.36", "Chromium 156 on Linux")]
    [InlineData(Windows + "Chrome/156.0.0.0 Safari/537.36", "Chromium 156 on Windows")]
    [InlineData(Windows + "Chrome/156.0.0.0 Safari/537.36 Edg/156.0.3719.82", "Edge 156 on Windows")]
    [InlineData(Windows + "Chrome/155.0.0.0 Safari/537.36 OPR/121.0.0.0", "Opera 121 on Windows")]
    [InlineData(Linux + "Chrome/155.0.0.0 Safari/537.36 Vivaldi/8.0.4033.46", "Vivaldi 8 on Linux")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0", "Firefox 152 on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:152.0) Gecko/20100101 Firefox/152.0", "Firefox 152 on Windows")]
    [InlineData(Apple + "605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15", "Safari 26 on macOS")]
    [InlineData(Apple + "537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", "Chromium 156 on macOS")]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 "
        + "Safari/604.1",
        "Safari 26 on iOS")]
    [InlineData(
        "Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0.7000.1 Mobile/15E148 "
            + "Safari/604.1",
        "Chrome 156 on iPadOS")]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/142.0.0.0 Mobile "
            + "Safari/537.36",
        "Samsung Internet 29 on Android")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
        "Chromium 156 on ChromeOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer 11 on Windows")]
    [InlineData("curl/8.14.1", "curl 8")]
    [InlineData("python-requests/2.32.5", "python-requests 2")]
    [InlineData("Wget/1.25.0 (linux-gnu)", "Wget 1")]
    public void UserAgent_OfABrowserOrProgram_IsNamedWithItsVersionAndSystem(string sent, string expected) =>
        Assert.Equal(expected, BrowserName.Show(English, sent));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Mozilla/5.0")]
    [InlineData("some words")]
    [InlineData("/1.0")]
    [InlineData("<b>x</b>/1")]
    [InlineData("Mozilla/5.0 (compatible; somebot)")]
    public void UserAgent_ThatNamesNothingKnown_IsShownAsItWasSent(string? sent)
    {
        Assert.Null(BrowserName.Read(sent));
        Assert.Equal(sent, BrowserName.Show(English, sent));
    }

    [Fact]
    public void UserAgent_WrittenByAnAttacker_YieldsNoMoreThanNamesAndDigits()
    {
        Assert.Equal("Chromium on Linux", BrowserName.Show(English, "Chrome/<script>alert(1)</script> Linux"));
        Assert.Equal("Chromium 123456", BrowserName.Show(English, "Chrome/1234567890"));
        Assert.Null(BrowserName.Read(new string('x', 41) + "/1"));
        Assert.Null(BrowserName.Read(new string(' ', 600) + "curl/8"));
        Assert.Null(BrowserName.Read("Mozilla/5.0 " + new string('x', 600) + " Firefox/152.0"));
        Assert.Equal("Chromium on Linux", BrowserName.Show(English, "Linux Chrome/\u0661\u0662"));
    }
}
