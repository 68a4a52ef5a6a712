using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.HostPages;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>The panel in all sorts of hosts.</summary>
public sealed class MappingTests
{
    [Theory]
    [InlineData("/admin", "")]
    [InlineData("/cluster/panel", "")]
    [InlineData("/admin", "/river")]
    public async Task Panel_WhereverItIsMapped_LinksToItself(string prefix, string pathBase)
    {
        await using var host = await PanelHost.StartAsync(prefix: prefix, pathBase: pathBase);
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var home = pathBase + prefix;
        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role != Role.Anony))
        {
            var html = await client.ReadAsync(path);
            var addresses = System.Text.RegularExpressions.Regex
                .Matches(html, "\\s(?:href|action|src|data-events)=\"(?<x>[^\"#]+)\"", default, TimeSpan.FromSeconds(1))
                .Select(m => m.Groups["x"].Value)
                .ToList();
            Assert.NotEmpty(addresses);
            Assert.All(
                addresses, a => Assert.True(a == home || a.StartsWith(home + "/", StringComparison.Ordinal), $"{path} links to {a}"));
            foreach (var asset in addresses.Where(a => a.Contains("/assets/", StringComparison.Ordinal)))
            {
                using var answer = await client.GetAsync(asset[home.Length..]);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }

        using var made = await client.PostAsync(
            "/invitations/new", ("role", "viewer"), ("group_id", ""), ("max_usage", "1"), ("expires_hours", "1"));
        Assert.Contains(
            $"{host.Address.GetLeftPart(UriPartial.Authority)}{home}/register?token=kri_",
            await made.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_InsideAGroupOfTheHost_KnowsItsWholePrefix()
    {
        await using var host = await PanelHost.StartAsync(map: app => app.MapGroup("/outer").MapKohakuAdminPanel("/inner"));
        using var client = await host.LogInAsync(Role.Viewer);
        using var answer = await client.Http.GetAsync(new Uri("/outer/inner/tokens", UriKind.Relative));
        Assert.Contains("action=\"/outer/inner/tokens\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V8.4.2")]
    public async Task Panel_MappedOntoAHostNameOfItsOwn_IsNotThereUnderAnother()
    {
        await using var host = await PanelHost.StartAsync(map: app => app.MapKohakuAdminPanel("/inside").RequireHost("inside.test"));
        using var client = new PanelClient(host);
        foreach (var (name, expected) in new[] { ("inside.test", HttpStatusCode.OK), ("elsewhere.test", HttpStatusCode.NotFound) })
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, new Uri("/inside/login", UriKind.Relative)) { Headers = { Host = name } };
            using var answer = await client.Http.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Panel_BesideRazorComponentsOfTheHost_LeavesThemAlone()
    {
        await using var host = await PanelHost.StartAsync(
            services: s =>
            {
                s.AddRazorComponents();
                s.AddAntiforgery();
            },
            map: app =>
            {
                app.UseAntiforgery();
                app.MapRazorComponents<HostApp>();
                app.MapGet("/host-result", () => new RazorComponentResult<HostHome>());
            });
        using var client = await host.LogInAsync(Role.Admin);
        foreach (var path in new[] { "/", "/host-result" })
        {
            using var own = await client.Http.GetAsync(new Uri(path, UriKind.Relative));
            var html = await own.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
            Assert.Contains("The host's own page", html, StringComparison.Ordinal);
            Assert.DoesNotContain("panel.", html, StringComparison.Ordinal);
            Assert.False(
                own.Headers.Contains("Content-Security-Policy")
                    && own.Headers.GetValues("Content-Security-Policy").Any(v => v.Contains("default-src", StringComparison.Ordinal)));
        }

        Assert.Contains("<h1>Overview</h1>", await client.ReadAsync(""), StringComparison.Ordinal);
        using var answer = await client.PostAsync("/account/name", ("display_name", "Still works"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Panel_WithoutRazorComponentsOfTheHost_NeedsAndAddsNone()
    {
        await using var host = await PanelHost.StartAsync();
        Assert.Null(host.Services.GetService<IAntiforgery>());
        Assert.DoesNotContain(host.Endpoints, e => e.Metadata.GetMetadata<IAntiforgeryMetadata>() is not null);
        var outside = host.Endpoints.Where(
            e => e.RoutePattern.RawText?.StartsWith("/admin", StringComparison.Ordinal) != true
                && e.RoutePattern.RawText?.StartsWith("/api", StringComparison.Ordinal) != true);
        Assert.Empty(outside);
    }

    [Fact]
    public async Task Panel_WithoutDirectories_HasNoSuchPages()
    {
        await using var host = await PanelHost.StartAsync(withCluster: false);
        using var client = await host.LogInAsync(Role.Admin);
        var html = await client.ReadAsync("");
        Assert.DoesNotContain("/admin/nodes", html, StringComparison.Ordinal);
        foreach (var path in new[] { "/nodes", "/tasks", "/tasks/~new", "/tasks/1" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Contains("Open one by its ID", await client.ReadAsync("/vps"), StringComparison.Ordinal);
        Assert.Contains("Who may use it", await client.ReadAsync("/vps/any-id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_WithAuthenticationOff_IsNotThere()
    {
        await using var host = await PanelHost.StartAsync(o => o.Enabled = false, withUsers: false);
        using var client = new PanelClient(host);
        foreach (var path in new[] { "", "/login", "/users", "/no/such" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            PageRoleTests.AssertGuarded(answer, path);
        }
    }

    [Fact]
    public async Task Panel_WithAuthenticationOff_SaysWhatThatMeansAndLeadsOut()
    {
        await using var host = await PanelHost.StartAsync(o => o.Enabled = false, withUsers: false);
        using var client = new PanelClient(host);
        using var answer = await client.GetAsync("");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("<h1>Authentication is off</h1>", page, StringComparison.Ordinal);
        Assert.Contains("whoever reaches it acts as an admin", page, StringComparison.Ordinal);
        Assert.Contains("KohakuAuth:Enabled", page, StringComparison.Ordinal);
        Assert.Contains("KohakuAuth__Enabled", page, StringComparison.Ordinal);

        // Nothing on it leads back to itself or needs what is not there, and it looks like the other pages.
        var links = Regex.Matches(page, "(?<=<a [^>]*href=\")[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Value);
        Assert.Equal(["#content", "/", "/"], links);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        var style = Regex.Match(page, "/assets/panel\\.[0-9a-f]+\\.css", RegexOptions.None, TimeSpan.FromSeconds(5)).Value;
        using var sheet = await client.GetAsync(style);
        Assert.Equal((HttpStatusCode.OK, "text/css"), (sheet.StatusCode, sheet.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("admin")]
    [InlineData("/admin/")]
    [InlineData("//admin")]
    [InlineData("/{x}")]
    public async Task Panel_UnderABadPrefix_IsRefusedAtOnce(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(() => PanelHost.StartAsync(prefix: prefix));
}
