using System.Net;
using System.Text.RegularExpressions;

namespace KohakuRiver.SampleHost.Tests.Walk;

/// <summary>The sample with authentication off, as somebody meets it who opens its address in a browser.</summary>
public sealed class AuthOffTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task AuthenticationOff_OpenedInABrowser_SaysSoAndHowToTurnItOn()
    {
        await using var host = await HostProcess.StartAsync(
            folder.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["AUTH_ENABLED"] = "false" });
        using var browser = new HttpClient { BaseAddress = host.Address };
        browser.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");

        var start = await ReadAsync(browser, "/", HttpStatusCode.OK);
        Assert.Contains("Authentication is off", start, StringComparison.Ordinal);
        Assert.Contains("acts as an admin", start, StringComparison.Ordinal);
        Assert.Contains("AUTH_ENABLED=true", start, StringComparison.Ordinal);
        var links = Regex.Matches(start, "(?<=href=\")[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Value).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri(link, UriKind.Relative))).StatusCode);
        }

        // The panel is not there; whoever has its address from before is told why.
        foreach (var path in new[] { "/login", "/register", "/admin", "/admin/users" })
        {
            Assert.Contains("KohakuAuth:Enabled", await ReadAsync(browser, path, HttpStatusCode.NotFound), StringComparison.Ordinal);
        }
    }

    private static async Task<string> ReadAsync(HttpClient browser, string path, HttpStatusCode expected)
    {
        using var response = await browser.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((expected, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return await response.Content.ReadAsStringAsync();
    }
}
