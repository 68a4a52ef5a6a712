using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>The first page: what each role sees there and can do at once.</summary>
public sealed class OverviewTests : IAsyncLifetime
{
    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync(o => o.Throttling.LockoutThreshold = 2);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "V8.2.1")]
    public async Task Overview_OfEachRole_ShowsOnlyWhatTheyMaySee()
    {
        await host.FillAsync();
        foreach (var role in (Role[])[Role.User, Role.Operator])
        {
            var token = new CreateTokenCommand { Name = $"soon-{role.ToName()}", ExpiresHours = 24 };
            (await host.Get<ITokenService>().CreateAsync(host.ActorOf(role), token)).Require();
        }

        using var user = await host.LogInAsync(Role.Viewer);
        Assert.Equal(["My VPS", "Nodes"], Headings(await user.ReadAsync("")));

        // Somebody who is locked out has to be known by another name than those who log in here.
        Assert.Equal(
            ["Your latest submissions", "My VPS", "Tokens that end soon", "Nodes"],
            Headings(await ReadAsUserAsync()));
        using var op = await host.LogInAsync(Role.Operator);
        Assert.Equal(
            ["Waiting for your decision", "My VPS", "Tokens that end soon", "Nodes", "Users by role"],
            Headings(await op.ReadAsync("")));
        using var admin = await host.LogInAsync(Role.Admin);
        var html = await admin.ReadAsync("");
        Assert.Equal(
            [
                "Waiting for your decision", "My VPS", "Recent activity", "Tokens that end soon", "Locked accounts", "Nodes",
                "Logins, last 14 days", "Users by role",
            ],
            Headings(html));
        Assert.Contains("soon-operator", html, StringComparison.Ordinal);
        Assert.Contains("soon-user", html, StringComparison.Ordinal);
        Assert.DoesNotContain("soon-user", await op.ReadAsync(""), StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{host.Home}/users/{host.Users[Role.User].Id}\">the-user</a>", html, StringComparison.Ordinal);
        Assert.Contains("<b>Login</b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision_OnTheOverview_ComesBackToItAndItsRowStays()
    {
        var ids = await host.SubmitManyAsync(7);
        using var client = await host.LogInAsync(Role.Operator);
        var html = await client.ReadAsync("");
        Assert.Equal(ids.Take(5), Rows(html));
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(client, html, ids[1], "too-early")).Status);
        var (status, address) = await SendAsync(client, html, ids[1], "approved", hasWaited: true);
        Assert.Equal(HttpStatusCode.SeeOther, status);
        Assert.Matches("^/admin\\?view=[0-9]+\\.[0-9]+#task-[0-9]+$", address);
        html = await client.ReadAsync(address!.Split('#')[0][host.Home.Length..]);
        Assert.Equal(ids.Take(5), Rows(html));
        Assert.Contains("Approved: ", html, StringComparison.Ordinal);
        Assert.Contains("data-state=\"approved\"", html, StringComparison.Ordinal);

        // Opened anew it shows what waits now.
        Assert.Equal([ids[0], ids[2], ids[3], ids[4], ids[5]], Rows(await client.ReadAsync("")));
    }

    [Fact]
    public async Task Reason_ThatIsTooLong_ComesBackInItsRow()
    {
        var id = await host.SubmitAsync(Role.User, "echo");
        using var client = await host.LogInAsync(Role.Operator);
        var reason = new string('x', 1001);
        using var answer = await client.PostAsync("/overview/decide", ("decision", "reject"), ("reason", reason), ("row", id), ("ids", id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(reason, PageForm.Read(html, "/overview/decide", host.Home).Values("reason").Single());
    }

    [Fact]
    public async Task FirstSteps_AsTheyAreTaken_AreTickedAndGo()
    {
        await using var fresh = await PanelHost.StartAsync(withUsers: false);
        var boss = await fresh.AddUserAsync("boss", Role.Admin);
        using var admin = new PanelClient(fresh);
        await admin.LogInAsync("boss", PanelHost.Password);
        Assert.Equal(0, Done(await admin.ReadAsync("")));
        await fresh.AddUserAsync("second", Role.User);
        Assert.Equal(1, Done(await admin.ReadAsync("")));

        // Others have nothing to do with it.
        using var second = new PanelClient(fresh);
        await second.LogInAsync("second", PanelHost.Password);
        Assert.DoesNotContain("First steps", await second.ReadAsync(""), StringComparison.Ordinal);

        (await fresh.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = "Lab" })).Require();
        Assert.Equal(2, Done(await admin.ReadAsync("")));
        (await fresh.Get<ITokenService>().CreateAsync(Testing.TestActors.Of(boss), new CreateTokenCommand { Name = "ci" })).Require();
        Assert.DoesNotContain("First steps", await admin.ReadAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstSteps_PutAway_StayAwayAndNeverShowWhereManyAre()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        Assert.Contains("First steps", await admin.ReadAsync(""), StringComparison.Ordinal);
        using var other = await host.LogInAsync(Role.Admin);
        using var answer = await admin.PostAsync("/overview/steps/hide");
        Assert.Equal(host.Home, answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain("First steps", await admin.ReadAsync(""), StringComparison.Ordinal);
        Assert.Contains("First steps", await other.ReadAsync(""), StringComparison.Ordinal);
        for (var i = 0; i < 7; i++)
        {
            await host.AddUserAsync($"user{i}", Role.Viewer);
        }

        Assert.DoesNotContain("First steps", await other.ReadAsync(""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0", "1", "2")]
    [InlineData(3, "0", "2", "4")]
    [InlineData(11, "0", "10", "20")]
    public async Task LoginChart_OfSoManyLogins_HasARoundScaleAndTheNumbers(int logins, params string[] scale)
    {
        for (var i = 0; i < logins; i++)
        {
            using var client = await host.LogInAsync(Role.Viewer);
        }

        using var admin = await host.LogInAsync(Role.Admin);
        var html = await admin.ReadAsync("");
        var found = Regex.Matches(html, "text-anchor=\"end\">(?<n>[0-9]+)</text>", default, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["n"].Value);
        Assert.Equal(scale, found);
        Assert.Contains($"text-anchor=\"middle\">{logins + 1}</text>", html, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsUserAsync()
    {
        await host.Get<IUserService>().UnlockAsync(Actor.Host, host.Users[Role.User].Id);
        using var client = await host.LogInAsync(Role.User);
        var html = await client.ReadAsync("");
        using var stranger = new PanelClient(host);
        for (var i = 0; i < 3; i++)
        {
            await stranger.PostAsync("/login", ("username", "the-user"), ("password", "wrong"), ("return", ""));
        }

        return html;
    }

    private async Task<(HttpStatusCode Status, string? Address)> SendAsync(
        PanelClient client, string page, string id, string says, bool hasWaited = false)
    {
        var form = PageForm.All(page, host.Home).Single(f => f.Action == "/overview/decide" && f.Values("ids").Contains(id));
        form.Set("decision", "approve");
        if (hasWaited)
        {
            form.Set("shown_at", "");
        }

        using var answer = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Contains(
            answer.Headers.GetValues("Set-Cookie"),
            c => c.StartsWith("kohakuriver_flash", StringComparison.Ordinal) && c.Contains("=" + says, StringComparison.Ordinal));
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }

    private static int Done(string html)
    {
        Assert.Contains("First steps", html, StringComparison.Ordinal);
        return Regex.Count(html, "<li class=\"done\">", default, TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<string> Rows(string html) =>
        Regex.Matches(html, "data-row=\"(?<id>[^\"]+)\"", default, TimeSpan.FromSeconds(1)).Select(m => m.Groups["id"].Value);

    private static IEnumerable<string> Headings(string html)
    {
        var main = html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
        return Regex.Matches(main, "<(?:h2|figcaption)>\\s*(?<text>[^<]+?)\\s*<", default, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["text"].Value);
    }
}
