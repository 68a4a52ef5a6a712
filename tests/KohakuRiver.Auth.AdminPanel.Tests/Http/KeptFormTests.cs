using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>What somebody typed survives the end of their session: for them, in their browser, and nothing is done by itself.</summary>
public sealed class KeptFormTests : IAsyncLifetime
{
    private const string Typed = "Typed for half an hour";
    private const string Says = "Your session has ended, so nothing was changed.";

    // The client throws away cookies that are over by its own clock.
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private PanelHost host = null!;

    public async ValueTask InitializeAsync() =>
        host = await PanelHost.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Form_OfAnEndedSession_ComesBackAfterTheLoginAndIsCarriedOutByAPress()
    {
        using var client = await host.LogInAsync(Role.Admin);
        var form = await FillAsync(client, "/groups", "/groups", ("name", "Lab"), ("description", Typed), ("limits", "max_tasks = 3"));
        await EndSessionsAsync(Role.Admin);

        using var asked = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var login = await asked.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        PageRoleTests.AssertGuarded(asked, "the login page");
        Assert.Contains(Says, login, StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, login, StringComparison.Ordinal);

        // A wrong password loses nothing.
        var loginForm = PageForm.Read(login, "/login", host.Home);
        using var wrong = await LogInAsync(client, loginForm, Role.Admin, "not the password");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        loginForm = PageForm.Read(await wrong.Content.ReadAsStringAsync(), "/login", host.Home);
        using var back = await LogInAsync(client, loginForm, Role.Admin);

        var again = await ReturnAsync(client, back);
        Assert.Equal(["Lab"], again.Values("name"));
        Assert.Equal([Typed], again.Values("description"));
        Assert.Equal(["max_tasks = 3"], again.Values("limits"));
        Assert.NotEqual(form.Token, again.Token);
        Assert.Empty((await host.Get<IGroupService>().ListAsync(Actor.Host, new PageRequest(9))).Require().Items);

        using var done = await client.PostWithAsync(again.Token, again.Action, again.Fields);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(
            Typed, Assert.Single((await host.Get<IGroupService>().ListAsync(Actor.Host, new PageRequest(9))).Require().Items).Description);
    }

    /// <summary>Idle, at its end, logged out in another tab, whatever the browser still sends: it is known by the form.</summary>
    [Theory]
    [InlineData("idle")]
    [InlineData("over")]
    [InlineData("logged out elsewhere")]
    public async Task Form_HoweverTheSessionEnded_ComesBack(string how)
    {
        using var client = await host.LogInAsync(Role.Admin);
        var form = await FillAsync(client, "/users/2", "/details", ("display_name", Typed));
        switch (how)
        {
            case "idle":
                clock.Advance(
                    (await host.Get<ISettingsService>().GetAsync(Actor.Host)).Require().SessionIdleTimeout + TimeSpan.FromMinutes(2));
                break;
            case "over":
                // As the browser does with a cookie whose time is over.
                await EndSessionsAsync(Role.Admin);
                foreach (var cookie in client.Cookies.GetAllCookies().Where(c => c.Name.Contains("session", StringComparison.Ordinal)))
                {
                    cookie.Expired = true;
                }

                break;
            default:
                using (await client.PostAsync("/logout"))
                {
                    break;
                }
        }

        using var asked = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        using var back = await LogInAsync(client, PageForm.Read(await asked.Content.ReadAsStringAsync(), "/login", host.Home), Role.Admin);
        Assert.Equal([Typed], (await ReturnAsync(client, back)).Values("display_name"));
        Assert.Equal("the-user", (await host.Get<IUserService>().GetAsync(Actor.Host, 2)).Require().User.DisplayName);
    }

    [Fact]
    public async Task Form_OfAnEndedSession_IsNotForTheNextPersonAtTheBrowser()
    {
        using var client = await host.LogInAsync(Role.Admin);
        var form = await FillAsync(client, "/account", "/account/name", ("display_name", Typed));
        await EndSessionsAsync(Role.Admin);
        using var asked = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var login = PageForm.Read(await asked.Content.ReadAsStringAsync(), "/login", host.Home);

        using var other = await LogInAsync(client, login, Role.User);
        Assert.Equal(HttpStatusCode.SeeOther, other.StatusCode);
        var home = await client.ReadAsync("");
        Assert.Contains("It belonged to another account and was not kept.", home, StringComparison.Ordinal);
        Assert.DoesNotContain(Typed, home, StringComparison.Ordinal);

        // Nor by the way for those who have logged in elsewhere, nor as a form of an old page.
        using var around = await client.PostWithAsync(null, "/account/name", ("kept", login.Values("kept").Single()));
        Assert.Equal(HttpStatusCode.BadRequest, around.StatusCode);
        Assert.DoesNotContain(Typed, await around.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var stale = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Equal(HttpStatusCode.BadRequest, stale.StatusCode);
        Assert.DoesNotContain(Typed, await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.1")]
    public async Task Form_ThatWasNeverOfThisBrowser_DoesNotComeBack()
    {
        using var evil = await host.LogInAsync(Role.Operator);
        using var victim = await host.LogInAsync(Role.Admin);
        (string, string)[] fields = [("username", "eve.mallory"), ("role", "admin")];
        var own = await victim.TokenAsync("/account");

        // While logged in, and without a session: tokens of another browser, none, a damaged one.
        foreach (var isOver in new[] { false, true })
        {
            if (isOver)
            {
                await EndSessionsAsync(Role.Admin);
            }

            foreach (var token in new[] { await evil.TokenAsync("/account"), null, (own[0] == 'A' ? 'B' : 'A') + own[1..] })
            {
                using var answer = await victim.PostWithAsync(token, "/users/new", fields);
                Assert.Equal(isOver ? HttpStatusCode.SeeOther : HttpStatusCode.BadRequest, answer.StatusCode);
                Assert.DoesNotContain("eve.mallory", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        // Even the right one does nothing from another site.
        foreach (var site in new[] { ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example") })
        {
            var content = new FormUrlEncodedContent(
                fields.Prepend(("form_token", own)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            using var answer = await victim.SendAsync("/users/new", content, site);
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.DoesNotContain("kept", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Requirement", "V11.3.3")]
    public async Task KeptForm_OfAnotherBrowserOrAddressOrChanged_IsRefused()
    {
        var kept = await KeepAsync();
        using var other = await host.LogInAsync(Role.Admin);
        await RefusedAsync(other, "/account/name", kept.Text);
        await RefusedAsync(kept.Client, "/account/name", kept.Text[..^1] + (kept.Text[^1] == 'A' ? 'E' : 'A'));
        await RefusedAsync(kept.Client, "/account/name", "");
        await RefusedAsync(kept.Client, "/account/name", "x");
        await RefusedAsync(kept.Client, "/groups", kept.Text);
        using (var fine = await kept.Client.PostWithAsync(null, "/account/name", ("kept", kept.Text)))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, fine.StatusCode);
        }

        // With anything beside it, or after a day.
        using (var more = await kept.Client.PostWithAsync(null, "/account/name", ("kept", kept.Text), ("display_name", "x")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
        }

        clock.Advance(TimeSpan.FromHours(24));
        using (await kept.Client.GetAsync("/account"))
        {
            // The session is over as well, and its cookie goes.
        }

        await kept.Client.LogInAsync("the-admin", PanelHost.Password);
        await RefusedAsync(kept.Client, "/account/name", kept.Text);
        kept.Client.Dispose();

        static async Task RefusedAsync(PanelClient client, string path, string text)
        {
            using var answer = await client.PostWithAsync(null, path, ("kept", text));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.DoesNotContain(Typed, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task KeptForm_OfSomebodyWhoLoggedInInAnotherTab_IsOnePressAway()
    {
        using var client = await host.LogInAsync(Role.Admin);
        var form = await FillAsync(client, "/account", "/account/name", ("display_name", Typed));
        await EndSessionsAsync(Role.Admin);
        using var asked = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var way = PageForm.Read(await asked.Content.ReadAsStringAsync(), "/account/name", host.Home);

        // Too early: the login page again, which still has it.
        using var early = await client.PostWithAsync(null, way.Action, way.Fields);
        Assert.Equal(HttpStatusCode.Unauthorized, early.StatusCode);
        way = PageForm.Read(await early.Content.ReadAsStringAsync(), "/account/name", host.Home);

        await client.LogInAsync("the-admin", PanelHost.Password);
        using var back = await client.PostWithAsync(null, way.Action, way.Fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.StatusCode);
        Assert.Equal(
            [Typed], PageForm.Read(await back.Content.ReadAsStringAsync(), "/account/name", host.Home).Values("display_name"));
    }

    [Fact]
    public async Task Form_OfAnEarlierSessionOfTheSamePerson_IsShownAgainAndSaysSo()
    {
        using var client = await host.LogInAsync(Role.Admin);
        var form = await FillAsync(client, "/users/2", "/details", ("display_name", Typed));
        await client.LogInAsync("the-admin", PanelHost.Password);
        using var stale = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var html = await stale.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        Assert.Contains("press the button again", html, StringComparison.Ordinal);
        var again = PageForm.Read(html, "/details", host.Home);
        Assert.Equal([Typed], again.Values("display_name"));
        Assert.Equal(["the-user"], again.Values("was_display_name"));
        Assert.Equal("the-user", (await host.Get<IUserService>().GetAsync(Actor.Host, 2)).Require().User.DisplayName);

        using var done = await client.PostWithAsync(again.Token, again.Action, again.Fields);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(Typed, (await host.Get<IUserService>().GetAsync(Actor.Host, 2)).Require().User.DisplayName);
    }

    [Fact]
    public async Task Secrets_OfAFormThatComesBack_AreGone()
    {
        const string secret = "a password of somebody new";
        using var client = await host.LogInAsync(Role.Admin);
        var form = await FillAsync(
            client, "/users/new", "/users/new", ("username", "ada"), ("first_password", "typed"), ("password", secret), ("role", "viewer"));
        await client.LogInAsync("the-admin", PanelHost.Password);
        using (var stale = await client.PostWithAsync(form.Token, form.Action, form.Fields))
        {
            await WithoutAsync(stale);
        }

        await EndSessionsAsync(Role.Admin);
        using var asked = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        using var back = await LogInAsync(client, PageForm.Read(await asked.Content.ReadAsStringAsync(), "/login", host.Home), Role.Admin);
        var way = PageForm.Read(await back.Content.ReadAsStringAsync(), "/users/new", host.Home);
        using var shown = await client.PostWithAsync(null, way.Action, way.Fields);
        await WithoutAsync(shown);

        async Task WithoutAsync(HttpResponseMessage answer)
        {
            var html = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
            var again = PageForm.Read(html, "/users/new", host.Home);
            Assert.Equal(
                ["ada", "", "typed"], [.. again.Values("username"), .. again.Values("password"), .. again.Values("first_password")]);
        }
    }

    [Fact]
    public async Task FormForOnce_UsedAndSentAgainFromAnotherSession_IsNotShownAgain()
    {
        using var client = await host.LogInAsync(Role.User);
        var form = await FillAsync(client, "/tokens", "/tokens", ("name", "nightly"), ("expiry", "7"));
        using (var made = await client.PostWithAsync(form.Token, form.Action, form.Fields))
        {
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }

        await client.LogInAsync("the-user", PanelHost.Password);
        using (var again = await client.PostWithAsync(form.Token, form.Action, form.Fields))
        {
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        }

        // One that was not used comes back, as often as it is asked for, and makes one token.
        var fresh = await FillAsync(client, "/tokens", "/tokens", ("name", "weekly"), ("expiry", "7"));
        await client.LogInAsync("the-user", PanelHost.Password);
        for (var i = 0; i < 2; i++)
        {
            using var shown = await client.PostWithAsync(fresh.Token, fresh.Action, fresh.Fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.StatusCode);
            Assert.Equal(["weekly"], PageForm.Read(await shown.Content.ReadAsStringAsync(), "/tokens", host.Home).Values("name"));
        }

        Assert.Equal(1, (await host.Get<ITokenService>().ListOwnAsync(host.ActorOf(Role.User), new PageRequest(9))).Require().Total);
    }

    [Fact]
    public async Task FormForOnce_OpenForLong_IsShownAgainAndNotCarriedOut()
    {
        using var client = await host.LogInAsync(Role.User);
        var form = await FillAsync(client, "/tokens", "/tokens", ("name", "nightly"), ("expiry", "7"));
        
        // As long as the keys of such forms are good for.
        clock.Advance(TimeSpan.FromMinutes(45));
        using var shown = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var html = await shown.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.StatusCode);
        Assert.Contains("This page was open for a long time", html, StringComparison.Ordinal);
        var again = PageForm.Read(html, "/tokens", host.Home);
        Assert.Equal(["nightly"], again.Values("name"));
        using var made = await client.PostWithAsync(again.Token, again.Action, again.Fields);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal(1, (await host.Get<ITokenService>().ListOwnAsync(host.ActorOf(Role.User), new PageRequest(9))).Require().Total);
    }

    [Fact]
    public async Task Page_OfAnEndedSession_SaysSoAtTheLoginAndLeadsBack()
    {
        using var client = await host.LogInAsync(Role.Admin);
        await EndSessionsAsync(Role.Admin);
        using var led = await client.GetAsync("/users?role=admin");
        Assert.Equal("/admin/login?return=%2Fadmin%2Fusers%3Frole%3Dadmin", led.Headers.Location!.OriginalString);
        Assert.Contains("Your session has ended.", await client.ReadAsync("/login"), StringComparison.Ordinal);

        // Who was never here is told nothing of the kind.
        using var stranger = new PanelClient(host);
        using var first = await stranger.GetAsync("/users");
        Assert.DoesNotContain("Your session has ended.", await stranger.ReadAsync("/login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StayingLoggedIn_IsAUseOfTheSession()
    {
        var idle = (await host.Get<ISettingsService>().GetAsync(Actor.Host)).Require().SessionIdleTimeout;
        using var client = await host.LogInAsync(Role.User);
        var page = await client.ReadAsync("/account");
        Assert.Contains($"data-session-idle=\"{(long)idle.TotalSeconds - 60}\"", page, StringComparison.Ordinal);
        var form = PageForm.Read(page, "/session/stay", host.Home);
        foreach (var _ in (int[])[1, 2])
        {
            clock.Advance(idle - TimeSpan.FromMinutes(3));
            using var stayed = await client.PostWithAsync(form.Token, form.Action);
            Assert.Equal(HttpStatusCode.NoContent, stayed.StatusCode);
            await host.Get<ICredentialService>().WriteUsesAsync();
        }

        clock.Advance(idle + TimeSpan.FromMinutes(1));
        using var late = await client.PostWithAsync(form.Token, form.Action);
        Assert.NotEqual(HttpStatusCode.NoContent, late.StatusCode);
    }

    /// <summary>Every form with something to type knows how it is shown again.</summary>
    [Fact]
    public void Forms_WithFieldsToFill_AllKnowTheirPage()
    {
        var without = host.Endpoints
            .Where(e => e.Metadata.GetMetadata<FormRules>() is { Again: null, Shape.Fields.Count: > 0 })
            .Select(e => e.Metadata.GetRequiredMetadata<PanelRoute>().Pattern)
            .Order(StringComparer.Ordinal);

        // The pages for everybody, whose tokens say nothing of anybody, and two that hold no more than where to go back to.
        Assert.Equal(
            ["/login", "/register", "/reset", "/setup", "/theme", "/tokens/{id:long:min(1)}/revoke"], without);
    }

    private async Task<(PanelClient Client, string Text)> KeepAsync()
    {
        var client = await host.LogInAsync(Role.Admin);
        var form = await FillAsync(client, "/account", "/account/name", ("display_name", Typed));
        await EndSessionsAsync(Role.Admin);
        using var asked = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var text = PageForm.Read(await asked.Content.ReadAsStringAsync(), "/login", host.Home).Values("kept").Single();
        await client.LogInAsync("the-admin", PanelHost.Password);
        return (client, text);
    }

    private async Task<PageForm> FillAsync(PanelClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var form = PageForm.Read(await client.ReadAsync(page), action, host.Home);
        foreach (var (name, value) in fields)
        {
            form.Set(name, value);
        }

        return form;
    }

    private async Task EndSessionsAsync(Role role) =>
        (await host.Get<IUserCredentialService>().EndSessionsAsync(Actor.Host, host.Users[role].Id)).Require();

    private async Task<HttpResponseMessage> LogInAsync(
        PanelClient client, PageForm login, Role role, string password = PanelHost.Password)
    {
        var form = login.Copy();
        form.Set("username", host.Users[role].Username);
        form.Set("password", password);
        return await client.PostWithAsync(form.Token, form.Action, form.Fields);
    }

    // From the page after the login to the form.
    private async Task<PageForm> ReturnAsync(PanelClient client, HttpResponseMessage loggedIn)
    {
        Assert.Equal(HttpStatusCode.OK, loggedIn.StatusCode);
        Assert.NotNull(client.SessionCookie);
        var html = await loggedIn.Content.ReadAsStringAsync();
        Assert.DoesNotContain(Typed, html, StringComparison.Ordinal);
        var way = PageForm.All(html, host.Home).Single(f => f.Names.Contains("kept"));
        using var shown = await client.PostWithAsync(null, way.Action, way.Fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.StatusCode);
        var page = await shown.Content.ReadAsStringAsync();
        Assert.Contains("Your session had ended, so nothing was changed.", page, StringComparison.Ordinal);
        return PageForm.Read(page, way.Action, host.Home);
    }
}
