using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>
/// Nor does any page that is the answer to a form or a refusal say anything that could not be translated: forms shown again with what is
/// wrong, questions before a change, what is shown once, and every page for what may not be or is not there.
/// </summary>
public sealed class MarkedAnswerTests : IAsyncLifetime
{
    // What the tests type, beside what the filling has.
    private static readonly string[] Typed = ["ada.typed", "ada.link", "ada.generated", "second.admin", "told", "Typed", "nobody-there",
        new string('x', 3000), new string('x', 200)];

    private readonly List<string> faults = [];
    private IReadOnlyList<string> theirs = [.. MarkedPage.Theirs, .. Typed];
    private PanelHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await MarkedTexts.StartAsync();
        await host.FillAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task FormsOfStrangers_WithEveryTextMarked_SayNothingElse()
    {
        using var nobody = new PanelClient(host);
        await RefusedAsync(nobody, "/login", ("username", "nobody-there"), ("password", "not the password"), ("return", ""));
        await RefusedAsync(nobody, "/login", ("username", ""), ("password", ""), ("return", ""));
        await RefusedAsync(nobody, "/reset", ("code", "kri_not-one"), ("new_password", PanelHost.Password));
        await RefusedAsync(nobody, "/reset", ("code", ""), ("new_password", "short"));
        await RefusedAsync(
            nobody, "/register", ("invitation_code", "kri_not-one"), ("username", "a b"), ("display_name", ""), ("password", "short"));
        await using var fresh = await MarkedTexts.StartAsync(withUsers: false);
        using var first = new PanelClient(fresh);
        await RefusedAsync(
            first, "/setup", ("register_secret", "nonsense"), ("username", "ada"), ("display_name", ""), ("password", "short"));

        // Once the session has ended, a form leads to the login page, which keeps it.
        using var gone = await host.LogInAsync(Role.Operator);
        var token = await gone.TokenAsync("/account");
        (await host.Get<IUserCredentialService>().EndSessionsAsync(Actor.Host, host.Users[Role.Operator].Id)).Require();
        await CheckAsync(
            "a form without a session", await gone.PostWithAsync(token, "/account/name", ("display_name", "Typed")),
            HttpStatusCode.Unauthorized);
        Holds();
    }

    [Fact]
    public async Task FormsOfAdmins_WithEveryTextMarked_SayNothingElse()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        var (user, viewer) = (host.Users[Role.User].Id, host.Users[Role.Viewer].Id);
        await RefusedAsync(admin, "/users/new", NewUser("", "typed", ("password", "short"), ("role", "king"), ("group_ids", "77")));
        await RefusedAsync(admin, "/users/new", NewUser("the-user", "link"));
        await RefusedAsync(admin, $"/users/{user}/details", ("display_name", new string('x', 200)), ("was_display_name", "The User"));
        await RefusedAsync(admin, $"/users/{user}/password", ("new_password", "short"));
        await RefusedAsync(admin, "/groups", ("name", ""), ("description", ""), ("tier", "many"), ("limits", "max_tasks = x"));
        await RefusedAsync(admin, "/groups", ("name", "Research"), ("description", ""), ("tier", "1"), ("limits", ""));
        await RefusedAsync(admin, "/groups/1", ("name", ""), ("was_name", "Research"), ("tier", "x"), ("was_tier", "2"));
        await RefusedAsync(admin, "/tokens", ("name", ""), ("expiry", "date"), ("expires_on", "1999-01-01"));
        await RefusedAsync(admin, "/invitations/new", ("role", "king"), ("max_usage", "0"), ("expires_hours", "-1"));
        await RefusedAsync(admin, "/tasks/~new", ("command", ""), ("required_cores", "none"), ("required_gpus", "a"), ("memory_mib", "-1"));
        await RefusedAsync(admin, "/vps/~new", ("name", ""), ("node", "nowhere"), ("image", ""), ("cores", "x"), ("ssh_key", "none"));
        await RefusedAsync(admin, "/vps/vps-1/delete", ("name", "another name"));
        await CheckAsync("nobody", await admin.PostAsync("/vps/vps-1/assign", ("user_id", "99999")), HttpStatusCode.NotFound);
        await RefusedAsync(admin, "/settings", ("session_lifetime_hours", "none"), ("was_session_lifetime_hours", "1"));
        await RefusedAsync(admin, "/account/name", ("display_name", new string('x', 200)), ("was_display_name", "The Admin"));
        await RefusedAsync(admin, "/account/password", ("current_password", "not it"), ("new_password", "short"));
        await RefusedAsync(admin, "/users/bulk", ("change", "set_role"), ("ids", $"{user}"));
        await RefusedAsync(admin, "/users/bulk", ("change", "add_to_group"), ("ids", $"{user}"));
        await CheckAsync("nobody", await admin.PostAsync("/groups/1/members", ("user_id", "99999")), HttpStatusCode.NotFound);
        await RefusedAsync(admin, "/tasks/000001/decide", ("decision", "reject"), ("reason", new string('x', 3000)));
        await RefusedAsync(
            admin, "/approvals/people/2/decide", ("decision", "reject"), ("reason", new string('x', 3000)), ("ids", "000001"));

        // Asked first, by name, and with one's own password.
        await ShownAsync(admin, "/users/bulk", ("change", "delete"), ("ids", $"{user}"), ("ids", $"{viewer}"));
        await ShownAsync(admin, "/users/bulk", ("change", "disable"), ("ids", $"{user}"));
        await ShownAsync(admin, "/users/bulk", ("change", "delete"), ("ids", $"{user}"), ("sure", "true"));
        await ShownAsync(admin, $"/users/{viewer}/details", ("role", "admin"), ("was_role", "viewer"));
        var question = await admin.PostAsync($"/users/{viewer}/delete");
        await CheckAsync("a wrong own password", await admin.ConfirmAsync(question, "not it"), HttpStatusCode.UnprocessableEntity);
        await CheckAsync("a deletion that asks for the password", question, HttpStatusCode.OK);

        // Some of many could not be changed.
        await ShownAsync(
            admin, "/users/bulk", ("change", "disable"), ("ids", $"{host.Users[Role.Admin].Id}"), ("ids", $"{user}"), ("sure", "true"));
        Holds();
    }

    [Fact]
    public async Task PagesShownOnce_WithEveryTextMarked_SayNothingElse()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        await ShownAsync(admin, "/users/new", NewUser("ada.link", "link"));
        await ShownAsync(admin, "/users/new", NewUser("ada.generated", "generated"));
        await ShownAsync(admin, "/users/new", NewUser("ada.typed", "typed", ("password", PanelHost.Password), ("must_change", "true")));
        await ShownAsync(admin, "/tokens", ("name", "Typed"), ("expiry", "30"));
        await ShownAsync(admin, "/invitations/new", ("role", "user"), ("max_usage", "1"), ("expires_hours", "24"));
        await ShownAsync(admin, $"/users/{host.Users[Role.Viewer].Id}/reset-link");
        await ShownAsync(admin, "/search", "?q=krt_");

        // Somebody who has to change the password, and nothing else yet.
        var told = await host.AddUserAsync("told", Role.User);
        (await host.Get<IUserService>().UpdateAsync(
            Actor.Host, new UpdateUserCommand { Id = told.Id, MustChangePassword = true })).Require();
        using var held = new PanelClient(host);
        await held.LogInAsync("told", PanelHost.Password);
        await ShownAsync(held, "/change-password", "");
        var refused = await held.PostWithAsync(
            await held.TokenAsync("/change-password"), "/change-password", ("current_password", "not it"), ("new_password", "short"));
        await CheckAsync("/change-password", refused, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden);
        Holds();
    }

    [Fact]
    public async Task Refusals_WithEveryTextMarked_SayNothingElse()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        using var user = await host.LogInAsync(Role.User);
        foreach (var (path, _) in PanelPages.All.Where(p => p.Role > Role.User).Select(p => (p.Path, p.Role)))
        {
            await CheckAsync($"{path} of a user", await user.GetAsync(path), HttpStatusCode.Forbidden);
        }

        foreach (var path in (string[])["/no/such/page", "/users/99999", "/groups/99999", "/tasks/none"])
        {
            await CheckAsync(path, await admin.GetAsync(path), HttpStatusCode.NotFound);
        }

        foreach (var path in (string[])
            ["/users?role=king", "/audit?from=yesterday", "/users?cursor=x", "/users?back=x", "/approvals?view=x", "/tokens/all?sort=x",
                "/users?role=user&role=admin", "/users?group_id=x", "/users?is_active=x", "/audit?outcome=x"])
        {
            await CheckAsync(path, await admin.GetAsync(path), HttpStatusCode.BadRequest);
        }

        await CheckAsync(
            "a form without a token", await admin.PostWithAsync(null, "/groups", ("name", "Typed"), ("tier", "0")),
            HttpStatusCode.BadRequest);
        await CheckAsync(
            "a form of somebody else",
            await admin.PostWithAsync(await user.TokenAsync("/account"), "/groups", ("name", "Typed"), ("tier", "0")),
            HttpStatusCode.BadRequest);
        await CheckAsync("a row that is none", await admin.PostAsync("/users/row", ("act", "nonsense")), HttpStatusCode.BadRequest);
        await CheckAsync(
            "no form at all", await admin.SendAsync("/groups", new StringContent("{}")), HttpStatusCode.UnsupportedMediaType);
        await CheckAsync(
            "a request of another site",
            await admin.SendAsync("/groups", new FormUrlEncodedContent([]), ("Sec-Fetch-Site", "cross-site")),
            HttpStatusCode.Forbidden);
        Holds();
    }

    [Fact]
    public async Task Messages_WithEveryTextMarked_SayNothingElse()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        foreach (var code in Flash.Codes)
        {
            foreach (var number in (int[])[1, 2])
            {
                admin.Cookies.Add(host.Address, new Cookie(PanelCookies.Flash, $"{code}.{number}", host.Home));
                var page = await admin.ReadAsync("/account");
                Assert.Contains("class=\"flash", page, StringComparison.Ordinal);
                Note(code, page);
            }
        }

        Holds();
    }

    private static (string Name, string Value)[] NewUser(string username, string way, params (string Name, string Value)[] more) =>
        [
            ("username", username), ("display_name", ""), ("first_password", way),
            .. more.Any(m => m.Name == "role") ? more : [("role", "user"), .. more],
        ];

    private async Task RefusedAsync(PanelClient client, string path, params (string Name, string Value)[] fields) => await CheckAsync(
        path, await client.PostAsync(path, fields), HttpStatusCode.UnprocessableEntity, HttpStatusCode.Unauthorized);

    private async Task ShownAsync(PanelClient client, string path, params (string Name, string Value)[] fields)
    {
        var answer = await client.PostAsync(path, fields);
        if (answer.StatusCode == HttpStatusCode.SeeOther)
        {
            answer = await client.Http.GetAsync(answer.Headers.Location);
        }

        await CheckAsync(path, answer, HttpStatusCode.OK);
    }

    private async Task ShownAsync(PanelClient client, string path, string query) =>
        await CheckAsync(path + query, await client.GetAsync(path + query), HttpStatusCode.OK);

    private async Task CheckAsync(string name, HttpResponseMessage answer, params HttpStatusCode[] expected)
    {
        using (answer)
        {
            var page = await answer.Content.ReadAsStringAsync();
            if (!expected.Contains(answer.StatusCode) || !WebUtility.HtmlDecode(page).Contains(MarkedTexts.Begin, StringComparison.Ordinal))
            {
                faults.Add($"{name} was answered with {(int)answer.StatusCode}");
            }

            theirs = [.. MarkedPage.Theirs, .. Typed, .. await host.WrittenAsync()];
            Note(name, page);
        }
    }

    private void Note(string name, string page) =>
        faults.AddRange(MarkedPage.Unmarked(page, theirs).Select(w => $"{name}: {w}"));

    private void Holds() =>
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct(StringComparer.Ordinal)));
}
