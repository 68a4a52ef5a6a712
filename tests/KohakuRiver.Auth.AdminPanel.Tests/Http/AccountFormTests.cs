using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Logging in and out, registering, setting up, resetting, and forms that make secrets, without a browser.</summary>
public sealed class AccountFormTests : IAsyncLifetime
{
    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.7.2")]
    public async Task Login_WithAReturnAddress_StaysOnThisHost()
    {
        (string Wanted, string Expected)[] cases =
        [
            ("/admin/users?role=admin", "/admin/users?role=admin"),
            ("/elsewhere", "/elsewhere"),
            ("https://evil.example/", "/admin"),
            ("//evil.example/", "/admin"),
            ("/\\evil.example/", "/admin"),
            ("/x\\..\\y", "/admin"),
            ("/\tx", "/admin"),
            ("javascript:alert(1)", "/admin"),
            ("", "/admin"),
        ];
        foreach (var (wanted, expected) in cases)
        {
            using var client = new PanelClient(host);
            using var answer = await client.PostAsync(
                "/login", ("username", "the-user"), ("password", PanelHost.Password), ("return", wanted));
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal(expected, answer.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task Login_WithAWrongPassword_SaysSoAndKeepsTheName()
    {
        using var client = new PanelClient(host);
        using var answer = await client.PostAsync(
            "/login", ("username", "the-user"), ("password", "no such password"), ("return", "/admin/users"));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Wrong username or password.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"the-user\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"/admin/users\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("no such password", html, StringComparison.Ordinal);
        Assert.Null(client.SessionCookie);
    }

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.4.1")]
    public async Task Logout_OfASession_EndsItOnTheServer()
    {
        using var client = await host.LogInAsync(Role.User);
        var session = client.SessionCookie!;
        using var answer = await client.PostAsync("/logout");
        Assert.Equal("/admin/login", answer.Headers.Location!.OriginalString);
        using var replay = new PanelClient(host);
        replay.Cookies.Add(host.Address, new Cookie("kohakuriver_session", session));
        using var page = await replay.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
    }

    [Fact]
    public async Task Register_WithAnInvitation_GivesItsRoleAndGroup()
    {
        var group = (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = "Lab" })).Require();
        var invitation = (await host.Get<IInvitationService>().CreateAsync(
            Actor.Host, new CreateInvitationCommand { Role = Role.User, GroupId = group.Id, MaxUses = 1, ExpiresHours = 24 })).Require();
        using var client = new PanelClient(host);
        var page = await client.ReadAsync("/register?token=" + invitation.Secret.Reveal());
        Assert.Contains("<b>Lab</b>", page, StringComparison.Ordinal);
        using var answer = await client.PostAsync(
            "/register",
            ("invitation_code", invitation.Secret.Reveal()),
            ("username", "newcomer"),
            ("display_name", ""),
            ("password", PanelHost.Password));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var user = (await host.Get<IUserService>().ListAsync(
            Actor.Host, new UserQuery { Search = "newcomer", Page = new PageRequest(1) })).Require().Items[0];
        Assert.Equal((Role.User, "Lab"), (user.User.Role, Assert.Single(user.Groups).Name));
        using var again = new PanelClient(host);
        using var used = await again.GetAsync("/register?token=" + invitation.Secret.Reveal());
        Assert.Equal(HttpStatusCode.BadRequest, used.StatusCode);
    }

    /// <summary>The link that the original's dashboard makes of a row of its list.</summary>
    [Fact]
    public async Task Register_WithWhatAListShowsOfACode_SaysWhatThatIs()
    {
        var invitation = (await host.Get<IInvitationService>().CreateAsync(
            Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1, ExpiresHours = 24 })).Require().Invitation;
        var shown = invitation.Prefix + "…";
        const string sentence = "This is only the beginning of an invitation code, as lists show it.";
        using var client = new PanelClient(host);

        using var followed = await client.GetAsync("/register?token=" + Uri.EscapeDataString(shown));
        Assert.Equal(HttpStatusCode.BadRequest, followed.StatusCode);
        Assert.Contains(sentence, await followed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var typed = await client.PostAsync(
            "/register",
            ("invitation_code", shown),
            ("username", "newcomer2"),
            ("display_name", ""),
            ("password", PanelHost.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, typed.StatusCode);
        Assert.Contains(sentence, await typed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V6.4.3")]
    public async Task ResetForm_MadeOnceAndSentTwiceAtOnce_SetsOnePassword()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        using var made = await admin.PostAsync($"/users/{host.Users[Role.User].Id}/reset-link");
        var code = System.Text.RegularExpressions.Regex.Match(
            await made.Content.ReadAsStringAsync(), "code=(?<x>krr_[A-Za-z0-9]+)", default, TimeSpan.FromSeconds(1)).Groups["x"].Value;
        using var client = new PanelClient(host);
        var token = PanelClient.TokenOf(await client.ReadAsync("/reset?code=" + code));
        string[] passwords = ["the first new password", "the second new password"];
        var answers = await Task.WhenAll(passwords.Select(p => client.PostWithAsync(token, "/reset", ("code", code), ("new_password", p))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.SeeOther);
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.UnprocessableEntity);
        foreach (var (answer, password) in answers.Zip(passwords))
        {
            var login = await host.Get<ILoginService>().LogInAsync("the-user", password, new ClientInfo(null, null, null));
            Assert.Equal(answer.StatusCode == HttpStatusCode.SeeOther, login.IsSuccess);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task RegistrationForm_SentTwice_MakesOneAccount()
    {
        var invitation = (await host.Get<IInvitationService>().CreateAsync(
            Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1, ExpiresHours = 24 })).Require();
        using var client = new PanelClient(host);
        var token = PanelClient.TokenOf(await client.ReadAsync("/register?token=" + invitation.Secret.Reveal()));
        var answers = await Task.WhenAll(((string[])["newcomer.a", "newcomer.b"]).Select(name => client.PostWithAsync(
            token, "/register", ("invitation_code", invitation.Secret.Reveal()), ("username", name), ("display_name", ""),
            ("password", PanelHost.Password))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.SeeOther);
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.UnprocessableEntity);
        using var other = new PanelClient(host);
        using var third = await other.PostAsync(
            "/register", ("invitation_code", invitation.Secret.Reveal()), ("username", "newcomer.c"), ("display_name", ""),
            ("password", PanelHost.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, third.StatusCode);
        var newcomers = new UserQuery { Search = "newcomer", Page = new PageRequest(9) };
        Assert.Equal(1, (await host.Get<IUserService>().ListAsync(Actor.Host, newcomers)).Require().Total);
        Assert.Equal(1, (await host.Get<IInvitationService>().ListAsync(Actor.Host, new PageRequest(9))).Require().Items.Single().Uses);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    [Trait("Requirement", "V2.2.2")]
    public async Task Register_WithFaults_ShowsThemBesideTheFields()
    {
        using var client = new PanelClient(host);
        using var answer = await client.PostAsync(
            "/register", ("invitation_code", "kri_wrong"), ("username", "-x"), ("display_name", ""), ("password", "short"));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("id=\"f-username-error\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"f-password-error\"", html, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(html, " autofocus", default, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Setup_FromThePrintedLink_MakesTheFirstAdminOnce()
    {
        await using var fresh = await PanelHost.StartAsync(withUsers: false, prefix: "/panel");
        var link = new Uri(fresh.SetupLink!);
        Assert.Equal("/panel/setup", link.AbsolutePath);
        var code = link.Query["?code=".Length..];
        using var client = new PanelClient(fresh);
        using var answer = await client.PostAsync(
            "/setup", ("register_secret", code), ("username", "root.admin"), ("display_name", ""), ("password", PanelHost.Password));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("href=\"/panel/settings\"", await client.ReadAsync(""), StringComparison.Ordinal);
        using var second = new PanelClient(fresh);
        using var refused = await second.PostAsync(
            "/setup", ("register_secret", code), ("username", "another"), ("display_name", ""), ("password", PanelHost.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Setup_WithAMistypedSecret_AsksForItAgain()
    {
        const string secret = "register-secret-of-the-tests-0123456789";
        await using var fresh = await PanelHost.StartAsync(o => o.AdminRegisterSecret = secret, withUsers: false);
        using var client = new PanelClient(fresh);
        using var refused = await client.PostAsync(
            "/setup", ("register_secret", secret + "x"), ("username", "root"), ("display_name", ""), ("password", PanelHost.Password));
        var html = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Setup code or register secret", html, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, html, StringComparison.Ordinal);

        using var weak = await client.PostAsync(
            "/setup", ("register_secret", secret), ("username", "root"), ("display_name", ""), ("password", "short"));
        Assert.DoesNotContain("Setup code or register secret", await weak.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var done = await client.PostAsync(
            "/setup", ("register_secret", secret), ("username", "root"), ("display_name", ""), ("password", PanelHost.Password));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
    }

    [Fact]
    public async Task Register_WithTheSecretOfTheFirstAdmin_LeadsToTheSetupWhileThereIsNone()
    {
        const string secret = "register-secret-of-the-tests-0123456789";
        await using var fresh = await PanelHost.StartAsync(o => o.AdminRegisterSecret = secret, withUsers: false);
        using var client = new PanelClient(fresh);
        using var led = await client.GetAsync("/register?token=" + secret);
        Assert.Equal("/admin/setup?code=" + secret, led.Headers.Location!.OriginalString);

        await fresh.AddUserAsync("root", Role.Admin);
        using var refused = await client.GetAsync("/register?token=" + secret);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "V6.4.3"), Trait("Requirement", "V6.4.6")]
    public async Task ResetLink_MadeAndUsed_SetsThePassword()
    {
        using var admin = await host.LogInAsync(Role.Admin);
        var id = host.Users[Role.User].Id;
        using var made = await admin.PostAsync($"/users/{id}/reset-link");
        var html = await made.Content.ReadAsStringAsync();
        var code = System.Text.RegularExpressions.Regex.Match(
            html, "code=(?<x>krr_[A-Za-z0-9]+)", default, TimeSpan.FromSeconds(1)).Groups["x"].Value;
        using var client = new PanelClient(host);
        using var answer = await client.PostAsync("/reset", ("code", code), ("new_password", "a completely new password"));
        Assert.Equal("/admin/login", answer.Headers.Location!.OriginalString);
        await client.LogInAsync("the-user", "a completely new password");
        using var again = await client.PostAsync("/reset", ("code", code), ("new_password", "yet another new password"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using var login = new PanelClient(host);
        await login.LogInAsync("the-user", "a completely new password");
    }

    [Fact]
    public async Task SecretForm_SentTwice_MakesOneSecret()
    {
        using var client = await host.LogInAsync(Role.User);
        var token = await client.TokenAsync("/tokens");
        (string, string)[] fields = [("name", "one"), ("expiry", "7"), ("expires_on", "")];
        using var first = await client.PostWithAsync(token, "/tokens", fields);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("krt_", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var second = await client.PostWithAsync(token, "/tokens", fields);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(1, (await host.Get<ITokenService>().ListOwnAsync(host.ActorOf(Role.User), new PageRequest(9))).Require().Total);
        Assert.DoesNotContain(
            "krt_", (await client.ReadAsync("/tokens")).Replace("<code>krt_", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V2.2.2"), Trait("Requirement", "V8.3.1")]
    public async Task RulesOfTheServices_HoldForForms()
    {
        using var client = await host.LogInAsync(Role.Admin);
        var self = host.Users[Role.Admin].Id;
        await RefusedAsync($"/users/{self}/details", ("role", "viewer"));
        await RefusedAsync($"/users/{self}/active", ("active", "false"));
        await RefusedAsync($"/users/{self}/password", ("new_password", "a completely new password"));
        await RefusedAsync(
            "/users/new",
            ("username", "_system"),
            ("display_name", ""),
            ("password", PanelHost.Password),
            ("role", "user"));
        await RefusedAsync(
            "/users/new",
            ("username", "THE-user"),
            ("display_name", ""),
            ("password", PanelHost.Password),
            ("role", "user"));
        await RefusedAsync(
            "/invitations/new",
            ("role", "anony"),
            ("group_id", ""),
            ("max_usage", "1"),
            ("expires_hours", "1"));
        await RefusedAsync(
            "/users/new",
            ("username", "fine"),
            ("display_name", ""),
            ("password", PanelHost.Password),
            ("role", "4"));
        await RefusedAsync("/groups", ("name", "G"), ("description", ""), ("tier", "x"), ("limits", "max_tasks = -1"));
        await RefusedAsync(
            "/settings",
            ("session_lifetime_hours", "0"),
            ("session_idle_hours", "8"),
            ("invitation_lifetime_hours", "72"),
            ("registration", "closed"));
        using var op = await host.LogInAsync(Role.Operator);
        using var above = await op.PostAsync(
            "/invitations/new", ("role", "user"), ("group_id", ""), ("max_usage", "1"), ("expires_hours", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, above.StatusCode);
        Assert.Contains("Operators can invite viewers only.", await above.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        async Task RefusedAsync(string path, params (string, string)[] fields)
        {
            using var answer = await client.PostAsync(path, fields);
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Decisions_MadeElsewhereMeanwhile_AreToldKindly()
    {
        var first = await host.SubmitAsync(Role.User, "echo", "1");
        var second = await host.SubmitAsync(Role.User, "echo", "2");
        using var client = await host.LogInAsync(Role.Operator);
        (await host.Get<IApprovalService>().RejectAsync(host.ActorOf(Role.Admin), first, null)).Require();
        using var answer = await client.PostAsync(
            "/approvals/decide", ("decision", "approve"), ("reason", ""), ("ids", first), ("ids", second));
        Assert.StartsWith("/admin/approvals#task-", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains(
            $"Approved: echo 2 (task {second}) of the-user. 1 had already been decided or withdrawn by someone else.",
            await client.ReadAsync("/approvals"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("already been decided", await client.ReadAsync("/approvals"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decisions_AboutOnesOwnTaskAmongOthers_AreToldApart()
    {
        await host.Get<ISettingsService>().UpdateAsync(
            Actor.Host, new SettingsChange { ApprovalRequiredRoles = [Role.User, Role.Operator] });
        var others = await host.SubmitAsync(Role.User, "echo", "1");
        var gone = await host.SubmitAsync(Role.User, "echo", "2");
        var own = await host.SubmitAsync(Role.Operator, "echo", "3");
        using var client = await host.LogInAsync(Role.Operator);
        using (await client.PostAsync("/approvals/decide", ("decision", "approve"), ("reason", ""), ("ids", others), ("ids", own)))
        {
            Assert.Contains(
                $"Approved: echo 1 (task {others}) of the-user. 1 of your own was skipped: you cannot decide about your own task.",
                await client.ReadAsync("/approvals"),
                StringComparison.Ordinal);
        }

        (await host.Get<IApprovalService>().RejectAsync(host.ActorOf(Role.Admin), gone, null)).Require();
        using (await client.PostAsync("/approvals/decide", ("decision", "approve"), ("reason", ""), ("ids", gone), ("ids", own)))
        {
            Assert.Contains(
                "0 tasks approved. 1 had already been decided or withdrawn by someone else. 1 of your own was skipped:",
                await client.ReadAsync("/approvals"),
                StringComparison.Ordinal);
        }

        using (await client.PostAsync("/approvals/decide", ("decision", "reject"), ("reason", ""), ("ids", own)))
        {
            Assert.Contains(Refusals.OwnSubmission.Message, await client.ReadAsync("/approvals"), StringComparison.Ordinal);
        }
    }

    /// <summary>Razor drops blanks next to its statements, so they are written as expressions where people read what stands
    /// there.</summary>
    [Fact]
    public async Task Words_NextToEachOther_AreApart()
    {
        var id = await host.SubmitAsync(Role.User, "echo", "one", "two");
        using var client = await host.LogInAsync(Role.Admin);
        Assert.Matches("</code> <span class=\"hint\">on [^<]+</span> <span", await client.ReadAsync("/vps/vps-1"));
        Assert.Contains(
            "</b> <span class=\"arg\">one</span> <span class=\"arg\">two</span>",
            await client.ReadAsync($"/tasks/{id}"),
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V8.2.2")]
    public async Task TasksOfOthers_ForViewersAndUsers_ShowNoContent()
    {
        var id = await host.SubmitAsync(Role.User, "secret-command", "secret-argument");
        using var viewer = await host.LogInAsync(Role.Viewer);
        Assert.DoesNotContain(
            "secret-", await viewer.ReadAsync("/tasks") + await viewer.ReadAsync($"/tasks/{id}"), StringComparison.Ordinal);
        using var owner = await host.LogInAsync(Role.User);
        Assert.Contains("secret-argument", await owner.ReadAsync($"/tasks/{id}"), StringComparison.Ordinal);
        using var killed = await viewer.PostAsync($"/tasks/{id}/kill");
        Assert.Equal(HttpStatusCode.Forbidden, killed.StatusCode);
    }
}
