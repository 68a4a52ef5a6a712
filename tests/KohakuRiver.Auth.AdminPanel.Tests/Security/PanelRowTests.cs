using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Security;

/// <summary>Rows that speak of pages and their forms.</summary>
public sealed partial class PanelRowTests(FilledHost filled) : IClassFixture<FilledHost>
{
    private readonly PanelHost host = filled.Host;

    [Fact]
    [Trait("Requirement", "V6.2.6"), Trait("Requirement", "V6.2.7")]
    public async Task PasswordFields_OnEveryPage_AreHiddenAndOpenToManagers()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        using var stranger = new PanelClient(host);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, path, role) in PanelPages.All)
        {
            var html = await (role == Role.Anony ? stranger : admin).ReadAsync(path);
            Assert.DoesNotContain("onpaste", html, StringComparison.OrdinalIgnoreCase);
            foreach (var input in Inputs().Matches(html).Select(m => m.Value).Where(i => i.Contains("password", StringComparison.Ordinal)))
            {
                var name = Name().Match(input).Groups["name"].Value;
                seen.Add(name);
                Assert.Contains("type=\"password\"", input, StringComparison.Ordinal);
                var isNew = name == "new_password" || (name == "password" && path != "/login");
                Assert.Contains($"autocomplete=\"{(isNew ? "new" : "current")}-password\"", input, StringComparison.Ordinal);
                Assert.DoesNotContain("value=", input, StringComparison.Ordinal);
                Assert.DoesNotMatch("maxlength=\"([0-9]|[0-9]{2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])\"", input);
            }
        }

        Assert.Equal(["current_password", "new_password", "password"], seen.Order(StringComparer.Ordinal));
        var assets = new PanelAssets(Microsoft.Extensions.Options.Options.Create(new AdminPanelOptions()));
        Assert.True(assets.TryFind(assets.Address("panel.js")[PanelAssets.Folder.Length..], out var script));
        Assert.DoesNotContain("paste", Encoding.UTF8.GetString(script.Content), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Requirement", "V7.4.4")]
    public async Task EveryPage_OfSomebodyLoggedIn_OffersToLogOut()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        foreach (var (_, path, role) in PanelPages.All.Where(p => p.Path != "/login").Append(("", "/no/such/page", Role.Viewer)))
        {
            using var answer = await admin.GetAsync(path);
            Assert.Matches(
                "<form[^>]*action=\"/admin/logout\"[^>]*method=\"post\"|<form[^>]*method=\"post\"[^>]*action=\"/admin/logout\"",
                await answer.Content.ReadAsStringAsync());
            Assert.True(role <= Role.Admin);
        }
    }

    [Fact]
    [Trait("Requirement", "V9.1.1")]
    public async Task FormToken_ChangedInAnyCharacter_IsRefused()
    {
        using var client = await host.LogInAsync(Role.Viewer);
        var token = await client.TokenAsync("/account");
        for (var i = 0; i < token.Length; i++)
        {
            await RefusedAsync(i, token[i] == 'A' ? 'E' : 'A');
        }

        // What is not in the alphabet at all, and a last character with bits that nobody writes.
        await RefusedAsync(5, '!');
        await RefusedAsync(5, '\u00e9');
        await RefusedAsync(token.Length - 1, 'B');

        using var good = await client.PostWithAsync(token, "/account/name", ("display_name", "The Viewer"));
        Assert.Equal(HttpStatusCode.SeeOther, good.StatusCode);

        async Task RefusedAsync(int at, char character)
        {
            var changed = token[..at] + character + token[(at + 1)..];
            using var answer = await client.PostWithAsync(changed, "/account/name", ("display_name", "Changed"));

            // The last part is the session's alone: without it the form is still this browser's, and shown again instead of carried out.
            Assert.True(
                answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity,
                $"'{character}' at {at}: {answer.StatusCode}");
            Assert.NotEqual(
                "Changed", (await host.Get<IUserService>().GetAsync(Actor.Host, host.Users[Role.Viewer].Id)).Require().User.DisplayName);
        }
    }

    [Fact]
    [Trait("Requirement", "V9.2.1"), Trait("Requirement", "V9.2.3")]
    public async Task FormToken_OfAnEndedSession_IsRefusedInTheNext()
    {
        using var client = await host.LogInAsync(Role.Operator);
        var token = await client.TokenAsync("/account");
        using var left = await client.PostWithAsync(token, "/logout");
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        await client.LogInAsync(host.Users[Role.Operator].Username, PanelHost.Password);
        using var answer = await client.PostWithAsync(token, "/account/name", ("display_name", "Changed"));

        // Shown again to the same person, and not carried out.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEqual(
            "Changed", (await host.Get<IUserService>().GetAsync(Actor.Host, host.Users[Role.Operator].Id)).Require().User.DisplayName);
    }

    [Fact]
    [Trait("Requirement", "V9.2.2")]
    public async Task SessionAndApiSecrets_AsFormTokens_AreRefused()
    {
        using var client = await host.LogInAsync(Role.Viewer);
        foreach (var wrong in new[] { client.SessionCookie!, "krt_" + client.SessionCookie![4..], PanelHost.MasterSecret })
        {
            using var answer = await client.PostWithAsync(wrong, "/account/name", ("display_name", "Changed"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    [Trait("Requirement", "V6.3.5"), Trait("Requirement", "V6.3.7")]
    public async Task Notices_OfFailedLoginsAndChanges_AreOnOnesPages()
    {
        await using var own = await PanelHost.StartAsync();
        using (var stranger = new PanelClient(own))
        {
            for (var i = 0; i < 2; i++)
            {
                await stranger.PostAsync("/login", ("username", "the-viewer"), ("password", "wrong"), ("return", ""));
            }
        }

        using var client = await own.LogInAsync(Role.Viewer);
        Assert.Contains("failed logins on your account", await client.ReadAsync(""), StringComparison.Ordinal);
        using var changed = await client.PostAsync(
            "/account/password", ("current_password", PanelHost.Password), ("new_password", "a completely new password"));
        var account = await client.ReadAsync("/account");
        Assert.Contains("2 failed logins since", account, StringComparison.Ordinal);
        Assert.Contains("Password changed", account, StringComparison.Ordinal);

        using var other = await own.LogInAsync(Role.User);
        Assert.DoesNotContain("failed login", await other.ReadAsync("") + await other.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V7.5.3")]
    public async Task WrongOwnPassword_SentAgainAndAgain_IsThrottled()
    {
        await using var own = await PanelHost.StartAsync(o => o.Throttling.LoginFailuresPerMinute = 3);
        using var client = await own.LogInAsync(Role.Admin);
        var id = own.Users[Role.User].Id;
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var page = await client.GetAsync($"/users/{id}/delete");
            using var answer = await client.ConfirmAsync(page, "wrong");
            statuses.Add(answer.StatusCode);
        }

        // A minute may end in between, on the real clock of this host; then three more are judged.
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.All(statuses, s => Assert.Contains(s, new[] { HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests }));
        Assert.NotNull((await own.Get<IUserService>().GetAsync(Actor.Host, id)).Value);
    }

    [GeneratedRegex("<input[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Inputs();

    [GeneratedRegex("name=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
