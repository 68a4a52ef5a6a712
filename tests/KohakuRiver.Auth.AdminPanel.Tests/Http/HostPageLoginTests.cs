using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.HostPages;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>A page of the host's own that needs a login leads a browser to that of the panel, and back.</summary>
public sealed class HostPageLoginTests
{
    [Theory]
    [InlineData("", "/admin")]
    [InlineData("/cluster", "/people")]
    public async Task GatedComponent_InABrowser_LeadsToTheLoginAndBack(string pathBase, string prefix)
    {
        await using var host = await StartAsync(pathBase, prefix);
        using var client = new PanelClient(host);
        client.Http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        var page = new Uri($"{pathBase}/private?x=1&y=%2F", UriKind.Relative);

        using var first = await client.Http.GetAsync(page);

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(
            $"{pathBase}{prefix}/login?return={Uri.EscapeDataString(page.OriginalString)}", first.Headers.Location!.OriginalString);
        Assert.Equal("no-store", first.Headers.CacheControl!.ToString());
        var login = await client.Http.GetStringAsync(first.Headers.Location);
        var hidden = WebUtility.HtmlEncode(page.OriginalString);
        Assert.Contains($"value=\"{hidden}\"", login, StringComparison.Ordinal);
        using var done = await client.PostWithAsync(
            PanelClient.TokenOf(login),
            "/login",
            ("username", host.Users[Role.Viewer].Username),
            ("password", PanelHost.Password),
            ("return", page.OriginalString));
        Assert.Equal(page, done.Headers.Location);
        Assert.Contains("may view tasks", await client.Http.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GatedComponent_ForAProgram_IsAProblemDocument()
    {
        await using var host = await StartAsync("", "/admin");
        using var client = new PanelClient(host);

        using var answer = await client.Http.GetAsync(new Uri("/private", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private static Task<PanelHost> StartAsync(string pathBase, string prefix) => PanelHost.StartAsync(
        pathBase: pathBase,
        prefix: prefix,
        services: s =>
        {
            s.AddRazorComponents();
            s.AddAntiforgery();
        },
        map: app =>
        {
            app.UseAntiforgery();
            app.MapRazorComponents<HostApp>();
        });
}
