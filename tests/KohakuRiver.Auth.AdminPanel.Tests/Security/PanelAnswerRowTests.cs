using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Auth.AdminPanel.Tests.Http;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Security;

/// <summary>What the panel's answers carry, link to, redirect to and leave behind.</summary>
public sealed partial class PanelAnswerRowTests(FilledHost filled) : IClassFixture<FilledHost>
{
    private readonly PanelHost host = filled.Host;

    [Fact]
    [Trait("Requirement", "V1.2.1"), Trait("Requirement", "V1.2.3"), Trait("Requirement", "V1.3.7")]
    public async Task Texts_ThatAreMarkupOrTemplates_AreShownAsTheyAre()
    {
        const string Template = "{{7*7}} @(7*7) ${7*7} <%= 7*7 %> </script><b>\"'";
        await using var own = await PanelHost.StartAsync();
        await own.FillAsync(hostile: true);
        var renamed = new UpdateUserCommand { Id = own.Users[Role.Viewer].Id, DisplayName = Template };
        (await own.Get<IUserService>().UpdateAsync(Actor.Host, renamed)).Require();
        var group = new CreateGroupCommand { Name = Template, Description = Template, Tier = 1 };
        (await own.Get<IGroupService>().CreateAsync(Actor.Host, group)).Require();
        (await own.Get<ITokenService>().CreateAsync(own.ActorOf(Role.Admin), new CreateTokenCommand { Name = Template })).Require();
        using var client = await own.LogInAsync(Role.Admin);
        var (shown, markup) = (0, 0);
        foreach (var path in PanelPages.All.Where(p => p.Role != Role.Anony).Select(p => p.Path).Append("/users?search=the-viewer"))
        {
            var html = await client.ReadAsync(path);
            Assert.DoesNotContain("</script><b>", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("<script(?![^>]*src=)", html);
            shown += WebUtility.HtmlDecode(html).Contains(Template, StringComparison.Ordinal) ? 1 : 0;
            markup += html.Contains("&lt;img src=x", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(shown >= 3 && markup >= 8, $"{shown} pages show the template, {markup} the markup.");
    }

    [Fact]
    [Trait("Requirement", "V1.2.2")]
    public async Task Links_WithTextOfOthers_ArePercentEncodedAndStayHere()
    {
        const string Search = "javascript:a/../b?x#y&role=admin\"><i>";
        using var client = await host.LogInAsync(Role.Admin);
        var html = await client.ReadAsync("/users?search=" + Uri.EscapeDataString(Search));
        var links = Links().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups["to"].Value)).ToList();
        Assert.All(links, link => Assert.Matches("^(/admin|#)", link));
        Assert.All(links, link => Assert.Matches(@"^[\w/.~%?=&#:,+-]*$", link));
        Assert.All(
            links.Where(l => l.Contains("search=", StringComparison.Ordinal)),
            link => Assert.Contains("search=" + Uri.EscapeDataString(Search) + "&", link + "&", StringComparison.OrdinalIgnoreCase));

        using var stranger = new PanelClient(host);
        var login = await stranger.ReadAsync("/login?return=" + Uri.EscapeDataString("javascript:alert(1)"));
        Assert.DoesNotContain("javascript:", login, StringComparison.OrdinalIgnoreCase);
        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role != Role.Anony))
        {
            Assert.All(
                Links().Matches(await client.ReadAsync(path)),
                m => Assert.Matches("^(/admin|#|/$)", WebUtility.HtmlDecode(m.Groups["to"].Value)));
        }
    }

    [Theory]
    [InlineData("/users/%2531")]
    [InlineData("/tasks/%252e%252e%252fusers")]
    [InlineData("/%2575sers")]
    [InlineData("/assets/%252e%252e%252fpanel.js")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/")]
    [InlineData("/.git/HEAD")]
    [Trait("Requirement", "V1.1.1"), Trait("Requirement", "V13.4.1"), Trait("Requirement", "V13.4.3")]
    public async Task Addresses_EncodedTwiceOrOfFolders_NameNothing(string path)
    {
        using var client = await host.LogInAsync(Role.Admin);
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("ref:", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "R9"), Trait("Requirement", "V3.4.3"), Trait("Requirement", "V3.4.4"), Trait("Requirement", "V13.4.2")]
    [Trait("Requirement", "V16.5.1")]
    public async Task Page_ThatFails_IsGuardedAndTellsNothing()
    {
        await using var own = await PanelHost.StartAsync(withCluster: false, services: s => s.AddScoped<INodeDirectory, BrokenNodes>());
        using var client = await own.LogInAsync(Role.Admin);
        using var answer = await client.GetAsync("/nodes");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        PageRoleTests.AssertGuarded(answer, "/nodes");
        Assert.DoesNotMatch("secret-detail|Exception|   at |\\.cs:", await answer.Content.ReadAsStringAsync());
        await client.ReadAsync("/users");
    }

    [Fact]
    [Trait("Requirement", "V3.3.2"), Trait("Requirement", "V3.3.4"), Trait("Requirement", "V14.3.1")]
    public async Task Cookies_OfAWholeVisit_AreStrictOrLaxAndLeaveNothingBehind()
    {
        using var client = new PanelClient(host);
        var set = new List<string>();
        async Task<HttpResponseMessage> NoteAsync(Task<HttpResponseMessage> sending)
        {
            var answer = await sending;
            set.AddRange(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []);
            Assert.True(answer.Headers.CacheControl?.NoStore);
            return answer;
        }

        using var first = await NoteAsync(client.GetAsync("/login"));
        using var entered = await NoteAsync(
            client.PostAsync("/login", ("username", "the-viewer"), ("password", PanelHost.Password), ("return", "")));
        var session = client.SessionCookie!;
        using var page = await NoteAsync(client.GetAsync("/account"));
        Assert.DoesNotContain(session[4..20], await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var left = await NoteAsync(client.PostAsync("/logout"));
        using var last = await NoteAsync(client.GetAsync("/login"));

        Assert.All(set, cookie => Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(set, cookie => Assert.Contains(
            cookie.StartsWith("kohakuriver_session_", StringComparison.Ordinal) ? "samesite=lax" : "samesite=strict",
            cookie,
            StringComparison.OrdinalIgnoreCase));
        Assert.Null(client.SessionCookie);
        Assert.All(
            client.Cookies.GetCookies(host.Address).Where(c => c.Value.Length > 0),
            c => Assert.StartsWith("kohakuriver_form_", c.Name, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "V3.5.7")]
    public async Task Assets_ForAdminsAndStrangers_AreTheSame()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        using var stranger = new PanelClient(host);
        var files = Assets().Matches(await stranger.ReadAsync("/login"))
            .Select(m => m.Groups["file"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(3, files.Count);
        foreach (var file in files)
        {
            Assert.Equal(await stranger.ReadAsync(file), await admin.ReadAsync(file));
        }
    }

    [Fact]
    [Trait("Requirement", "V4.2.4"), Trait("Requirement", "V4.2.5")]
    public async Task ReturnAddresses_WithLineBreaksOrWithoutEnd_MakeNoOddHeaders()
    {
        foreach (var wanted in new[] { "/x\r\nX-Injected: 1", "/x\nX-Injected: 1", "/x%0d%0aX-Injected: 1", "/" + new string('x', 10_000) })
        {
            using var client = new PanelClient(host);
            using var answer = await client.PostAsync(
                "/login", ("username", "the-user"), ("password", PanelHost.Password), ("return", wanted));
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.False(answer.Headers.Contains("X-Injected"));
            Assert.True(answer.Headers.Location!.OriginalString.Length <= 1000);
        }

        using var stranger = new PanelClient(host);
        using var shown = await stranger.GetAsync("/login?return=/" + new string('x', 5_000));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.DoesNotContain("value=\"/xxxx", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var led = await stranger.GetAsync("/users?search=" + new string('x', 5_000));
        Assert.Equal("/admin/login", led.Headers.Location!.OriginalString);
        using var endless = await stranger.GetAsync("/users?search=" + new string('x', 20_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, endless.StatusCode);
    }

    private sealed class BrokenNodes : INodeDirectory
    {
        public Task<IReadOnlyList<NodeInfo>> ListAsync(CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret-detail");
    }

    [GeneratedRegex("<a [^>]*href=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex("/admin(?<file>/assets/[^\"]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assets();
}
