using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Auth.AdminPanel.Tests.HostPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosts;

/// <summary>What a host adds to the panel: its look, links, pages and sections.</summary>
public sealed class HostPageTests
{
    [Fact]
    public async Task Page_OfTheHost_HasTheFrameTheRequestAndItsPermission()
    {
        await using var host = await StartAsync(o => o.AddPage<HostReport>("/reports/{id:int}", Permissions.ApproveTasks, "Reports"));
        using var operators = await host.LogInAsync(Role.Operator);
        var page = await operators.ReadAsync("/reports/7?wish=%3Cscript%3E");
        Assert.Contains("<h1>Reports for the-operator</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Report 7 at 2", page, StringComparison.Ordinal);
        Assert.Contains("<b>&lt;script&gt;</b>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Reports · KohakuRiver</title>", page, StringComparison.Ordinal);
        Assert.Contains("action=\"/base/admin/logout\"", page, StringComparison.Ordinal);

        using var viewer = await host.LogInAsync(Role.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/reports/7")).StatusCode);
        using var nobody = new PanelClient(host);
        var stranger = await nobody.GetAsync("/reports/7");
        Assert.Equal("/base/admin/login?return=%2Fbase%2Fadmin%2Freports%2F7", stranger.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Navigation_OfEachRole_HasTheLinksItMayFollow()
    {
        await using var host = await StartAsync(o =>
        {
            o.HomeLink = new AdminPanelLink("The cluster", "/");
            o.Links.Add(new AdminPanelLink("Wiki", "https://wiki.example.org/?a=1&b=2"));
            o.Links.Add(new AdminPanelLink("Jobs", "/jobs", Permissions.ApproveTasks));
            o.AddPage<HostReport>("/reports", Permissions.ApproveTasks, "Reports");
            o.AddPage<HostReport>("/reports/hidden", Permissions.ViewTasks);
        });
        using var operators = await host.LogInAsync(Role.Operator);
        using var viewer = await host.LogInAsync(Role.Viewer);
        var (all, some) = (await operators.ReadAsync("/account"), await viewer.ReadAsync("/account"));
        foreach (var address in new[] { "\"/base/\"", "\"https://wiki.example.org/?a=1&amp;b=2\"" })
        {
            Assert.Contains("href=" + address, all, StringComparison.Ordinal);
            Assert.Contains("href=" + address, some, StringComparison.Ordinal);
        }

        foreach (var address in new[] { "\"/base/jobs\"", "\"/base/admin/reports\"" })
        {
            Assert.Contains("href=" + address, all, StringComparison.Ordinal);
            Assert.DoesNotContain("href=" + address, some, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/reports/hidden", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sections_OfTheHost_StandOnTheOverviewAndThePageOfAUser()
    {
        await using var host = await StartAsync(o =>
        {
            o.AddToOverview<HostSection>();
            o.AddToUserPage<HostSection>();
        });
        using var admin = await host.LogInAsync(Role.Admin);
        Assert.Contains("Disk of everybody, seen by the-admin", await admin.ReadAsync(""), StringComparison.Ordinal);
        Assert.Contains(
            "Disk of the-user, seen by the-admin", await admin.ReadAsync($"/users/{host.Users[Role.User].Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_OfTheHost_IsOnEachPageAsPlainText()
    {
        await using var host = await StartAsync(o =>
        {
            o.Name = "Lab & <Co>";
            o.LogoPath = "/img/logo.png";
            o.FooterText = "Call <4711>";
            o.LoginNotice = "For staff only.\n<b>Mind</b> the rules.";
            o.AccentColor = "#ff8800";
            o.DefaultTheme = AdminPanelTheme.Dark;
        });
        using var nobody = new PanelClient(host);
        var login = await nobody.ReadAsync("/login");
        Assert.Contains("<title>Log in · Lab &amp; &lt;Co&gt;</title>", login, StringComparison.Ordinal);
        Assert.Contains("src=\"/base/img/logo.png\"", login, StringComparison.Ordinal);
        Assert.Contains("Call &lt;4711&gt;", login, StringComparison.Ordinal);
        Assert.Contains("For staff only.&#xA;&lt;b&gt;Mind&lt;/b&gt; the rules.", login, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", login, StringComparison.Ordinal);
        var css = login.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];
        var styles = await nobody.Http.GetStringAsync(new Uri(css, UriKind.Relative));
        Assert.Contains("--accent: light-dark(#", styles, StringComparison.Ordinal);

        await nobody.PostAsync("/theme", ("theme", "system"));
        Assert.DoesNotContain("data-theme=", await nobody.ReadAsync("/login"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V3.4.6")]
    public async Task Frames_OfAllowedOrigins_AreTheOnlyOnes()
    {
        await using var closed = await StartAsync(_ => { });
        await using var open = await StartAsync(o => o.FrameAncestors.Add("https://portal.example.org"));
        using var first = new PanelClient(closed);
        using var second = new PanelClient(open);
        var (none, one) = (await first.GetAsync("/login"), await second.GetAsync("/login"));
        Assert.EndsWith("frame-ancestors 'none'", none.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", none.Headers.GetValues("X-Frame-Options").Single());
        Assert.EndsWith(
            "frame-ancestors https://portal.example.org",
            one.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.False(one.Headers.Contains("X-Frame-Options"));
    }

    [Fact]
    public async Task Options_ThatCannotBe_FailTheStartAndAreNamed()
    {
        (string Named, Action<AdminPanelOptions> Configure)[] faults =
        [
            ("Name", o => o.Name = " "),
            ("LogoPath", o => o.LogoPath = "//evil.example.org/logo.svg"),
            ("LogoPath", o => o.LogoPath = "https://evil.example.org/logo.svg"),
            ("AccentColor", o => o.AccentColor = "red"),
            ("AccentColor", o => o.AccentColor = "#12345g"),
            ("DefaultTheme", o => o.DefaultTheme = (AdminPanelTheme)7),
            ("The link 'x'", o => o.Links.Add(new AdminPanelLink("x", "javascript:alert(1)"))),
            ("The link 'home'", o => o.HomeLink = new AdminPanelLink("home", "jobs")),
            ("FooterText", o => o.FooterText = new string('x', 1001)),
            ("FrameAncestors", o => o.FrameAncestors.Add("*")),
            ("FrameAncestors", o => o.FrameAncestors.Add("https://a.example.org/path")),
            ("FrameAncestors", o => o.FrameAncestors.Add("https://a.example.org; script-src *")),
            ("Languages", o => o.Languages.Clear()),
            ("Languages", o => o.Languages.Add("en_US")),
            ("Language", o => o.Language = "fr"),
        ];
        foreach (var (named, configure) in faults)
        {
            var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(configure));
            Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        }

        var texts = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(o => o.AddTexts<HostPageTests>()));
        Assert.Contains("AddLocalization()", texts.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPage_AtAnAddressThatIsTaken_IsRefused()
    {
        var options = new AdminPanelOptions();
        options.AddPage<HostReport>("/reports", Permissions.ViewTasks);
        Assert.Throws<ArgumentException>(() => options.AddPage<HostReport>("/Reports", Permissions.ViewTasks));
        Assert.Throws<ArgumentException>(() => options.AddPage<HostReport>("reports", Permissions.ViewTasks));
        Assert.Throws<ArgumentException>(() => options.AddPage<HostReport>("/{id}", Permissions.ViewTasks));
        Assert.Throws<ArgumentException>(() => options.AddPage<HostReport>("/Users/reports", Permissions.ViewTasks));
    }

    [Fact]
    public async Task OwnPages_OfThePanel_AreAllKept()
    {
        await using var host = await PanelHost.StartAsync();
        var found = host.Endpoints
            .Select(e => e.Metadata.GetMetadata<PanelRoute>()?.Pattern.Split('/').ElementAtOrDefault(1) ?? "")
            .Where(s => s.Length > 0 && !s.StartsWith('{'))
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(AdminPanelOptions.OwnPages.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static Task<PanelHost> StartAsync(Action<AdminPanelOptions> configure) =>
        PanelHost.StartAsync(pathBase: "/base", build: auth => auth.AddAdminPanel(configure));
}
