using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>One user's page: what is saved together, what is said, and what takes something away.</summary>
public sealed partial class UserPageTests : IAsyncLifetime
{
    private PanelHost host = null!;
    private PanelClient admin = null!;
    private User ann = null!;
    private Group lab = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PanelHost.StartAsync();
        admin = await host.LogInAsync(Role.Admin);
        ann = await host.AddUserAsync("ann", Role.User);
        lab = (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = "Vision" })).Require();
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Save_OfNameRoleAndGroups_IsOneChangeOfAllThree()
    {
        var form = await FormAsync("/details");
        form.Set("display_name", "Ann B");
        form.Set("role", "viewer");
        form.Set("group_ids", Text(lab.Id));
        using var saved = await admin.PostWithAsync(form.Token, form.Action, form.Fields);

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(("Ann B", Role.Viewer, "Vision"), await StateAsync());
        Assert.Contains("Changes saved. The new role takes effect", await PageAsync(), StringComparison.Ordinal);
        var entries = await host.Get<IAuditService>().ListAsync(
            Actor.Host, new AuditQuery { Action = AuditActions.UserUpdate, Target = "ann", Page = new PageRequest(9) });
        Assert.Single(entries.Require().Items);
    }

    [Theory]
    [InlineData("display_name", "", "f-display_name-error")]
    [InlineData("role", "4", "f-role-error")]
    [InlineData("role", "", "f-role-error")]
    [InlineData("group_ids", "999", "f-group_ids-error")]
    public async Task Save_WithOneThingThatIsWrong_ChangesNothingAndSaysWhichItIs(string field, string value, string error)
    {
        var form = await FormAsync("/details");
        form.Set("display_name", "Ann B");
        form.Set("role", "viewer");
        form.Set("group_ids", Text(lab.Id));
        form.Set(field, value);
        using var refused = await admin.PostWithAsync(form.Token, form.Action, form.Fields);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"id=\"{error}\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("ann", Role.User, ""), await StateAsync());
    }

    /// <summary>Becoming an admin asks for one's own password; what was changed beside it waits for the answer too.</summary>
    [Fact]
    [Trait("Requirement", "V7.5.3")]
    public async Task Save_OfANameTogetherWithTheRoleAdmin_WaitsForThePasswordAsAWhole()
    {
        var form = await FormAsync("/details");
        form.Set("display_name", "Ann the admin");
        form.Set("role", "admin");
        using var asked = await admin.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Contains("ann becomes an admin", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("ann", Role.User, ""), await StateAsync());
        using var done = await admin.ConfirmAsync(asked, PanelHost.Password);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(("Ann the admin", Role.Admin, ""), await StateAsync());
    }

    [Fact]
    public async Task Vps_OfAUser_SaysForEachWhyTheyMayEnter()
    {
        host.Cluster.Instances.Add(new VpsInfo("vps-4", "hers") { OwnerId = ann.Id });
        await AssignAsync("vps-1", ann.Id);
        await AssignAsync("vps-2", null, lab.Id);
        (await host.Get<IGroupService>().AddMemberAsync(Actor.Host, lab.Id, ann.Id)).Require();
        Assert.Equal(
            [
                "hers vps-4 may not: not assigned, in no assigned group "
                    + "Owner at this host, which may have rules of its own for owners.",
                "notebook vps-2 may enter: member of Vision",
                "training vps-1 may enter: assigned",
            ],
            await VpsRowsAsync(""));

        // Both grounds are said: taking one away leaves the other.
        await AssignAsync("vps-2", ann.Id);
        Assert.Contains("notebook vps-2 may enter: assigned, member of Vision", await VpsRowsAsync(""));

        await UpdateAsync(new UpdateUserCommand { Id = ann.Id, Role = Role.Operator });
        Assert.Contains("training vps-1 may enter: operator, assigned", await VpsRowsAsync(""));
        Assert.Contains("may enter every VPS: operator", Words(await PageAsync()), StringComparison.Ordinal);
        await UpdateAsync(new UpdateUserCommand { Id = ann.Id, Role = Role.Anony });
        Assert.Contains("training vps-1 may not: their role has no permissions", await VpsRowsAsync(""));
        await UpdateAsync(new UpdateUserCommand { Id = ann.Id, IsActive = false });
        Assert.Contains("training vps-1 may not: account disabled", await VpsRowsAsync(""));
        Assert.Contains("may not enter any VPS: account disabled", Words(await PageAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SPARE", "spare vps-3 may not: not assigned, in no assigned group")]
    [InlineData("vps-3", "spare vps-3 may not: not assigned, in no assigned group")]
    [InlineData("no such one", null)]
    public async Task Vps_ThatIsNotListed_IsFoundAndExplained(string search, string? expected)
    {
        var rows = await VpsRowsAsync("?vps=" + Uri.EscapeDataString(search));
        Assert.Equal(expected is null ? [] : [expected], rows);
        Assert.Equal(
            expected is null,
            (await admin.ReadAsync($"/users/{ann.Id}?vps={Uri.EscapeDataString(search)}"))
                .Contains("No matching VPS.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Vps_OnItsPage_SaysForEachPersonWhetherTheyMayEnter()
    {
        await AssignAsync("vps-1", null, lab.Id);
        await host.AddUserAsync("anna", Role.User);
        (await host.Get<IGroupService>().AddMemberAsync(Actor.Host, lab.Id, ann.Id)).Require();
        var page = Words(await admin.ReadAsync("/vps/vps-1?search=ann"));
        Assert.Contains("ann user may enter: member of Vision Give access ann", page, StringComparison.Ordinal);
        Assert.Contains("anna user may not: not assigned, in no assigned group Give access anna", page, StringComparison.Ordinal);
        page = Words(await admin.ReadAsync("/vps/vps-1?search=the-operator"));
        Assert.Contains("the-operator operator may enter: operator", page, StringComparison.Ordinal);
        await UpdateAsync(new UpdateUserCommand { Id = ann.Id, IsActive = false });
        Assert.Contains(
            "ann user may not: account disabled", Words(await admin.ReadAsync("/vps/vps-1?search=ann")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_OfAUser_IsInWordsNewestFirstAndLeadsOn()
    {
        using (var own = new PanelClient(host))
        {
            await own.LogInAsync("ann", PanelHost.Password);
            using var made = await own.PostAsync("/tokens", ("name", "nightly"), ("expiry", "7"), ("expires_on", ""));
        }

        await UpdateAsync(new UpdateUserCommand { Id = ann.Id, DisplayName = "Ann" }, host.ActorOf(Role.Admin));
        var html = await PageAsync();
        var shown = Words(
            html[html.IndexOf("Recent activity", StringComparison.Ordinal)..html.IndexOf("Danger", StringComparison.Ordinal)]);
        var (changed, token, login) = (At("User changed by the-admin"), At("Token created nightly"), At("Login"));
        Assert.True(changed < token && token < login, shown);
        Assert.Contains($"href=\"/admin/users/{host.Users[Role.Admin].Id}\">the-admin</a>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/audit?actor=ann\">All activity</a>", html, StringComparison.Ordinal);

        int At(string words) => shown.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at
            ? at
            : throw new InvalidOperationException(shown);
    }

    [Fact]
    public async Task Activity_OfAnEarlierAccountOfTheSameName_IsNotTheirs()
    {
        using (var own = new PanelClient(host))
        {
            await own.LogInAsync("ann", PanelHost.Password);
        }

        (await host.Get<IUserService>().DeleteAsync(Actor.Host, ann.Id)).Require();
        ann = await host.AddUserAsync("ann", Role.User);
        var html = await PageAsync();
        Assert.DoesNotContain("Login", html[html.IndexOf("Recent activity", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task DangerArea_OfAnotherUser_DoesWhatItSays()
    {
        await host.Get<ITokenService>().CreateAsync(Testing.TestActors.Of(ann), new CreateTokenCommand { Name = "nightly" });
        using var own = new PanelClient(host);
        await own.LogInAsync("ann", PanelHost.Password);
        var html = await PageAsync();
        Assert.Contains("1 session ends: they have to log in again.", html, StringComparison.Ordinal);
        Assert.InRange(
            html.IndexOf("class=\"card danger-area\"", StringComparison.Ordinal),
            html.LastIndexOf("Recent activity", StringComparison.Ordinal),
            html.Length);

        await SendAsync("/revoke-tokens");
        Assert.Contains("All tokens of this user have been revoked.", await PageAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await host.Get<ITokenService>().ListAsync(Actor.Host, ann.Id, new PageRequest(1))).Require().Total);
        await SendAsync("/end-sessions");
        await SendAsync("/active");
        html = await PageAsync();
        Assert.Contains("This account is disabled", html, StringComparison.Ordinal);
        Assert.DoesNotContain("End all sessions", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Revoke all tokens", html, StringComparison.Ordinal);
        await SendAsync("/active");
        Assert.True((await host.Get<IUserService>().GetAsync(Actor.Host, ann.Id)).Require().User.IsActive);
        Assert.DoesNotContain(
            "danger-area", await admin.ReadAsync($"/users/{host.Users[Role.Admin].Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disable", "Disable 1 account?")]
    [InlineData("end_sessions", "End all sessions of 1 user?")]
    public async Task Menu_OfARow_AsksByNameAndComesBackToTheListAsItWas(string change, string question)
    {
        var page = await admin.ReadAsync("/users?search=ann&sort=username");
        var form = PageForm.Read(page, "/users/row", host.Home);
        using var asked = await admin.PostWithAsync(form.Token, form.Target, ("act", $"{change}.{ann.Id}"));
        var html = await asked.Content.ReadAsStringAsync();
        Assert.Contains(question, html, StringComparison.Ordinal);
        Assert.Contains(">ann</a>", html, StringComparison.Ordinal);
        Assert.True((await host.Get<IUserService>().GetAsync(Actor.Host, ann.Id)).Require().User.IsActive);

        var sure = PageForm.Read(html, "/users/bulk", host.Home);
        using var done = await admin.PostWithAsync(sure.Token, sure.Target, sure.Fields);
        Assert.Equal("/admin/users?search=ann&sort=username", done.Headers.Location!.OriginalString);
        Assert.Equal(change != "disable", (await host.Get<IUserService>().GetAsync(Actor.Host, ann.Id)).Require().User.IsActive);
    }

    [Theory]
    [InlineData("reset_link", "", "#password")]
    [InlineData("delete", "/delete", "")]
    public async Task Menu_OfARow_LeadsToPagesThatKnowTheWayBack(string act, string page, string part)
    {
        var form = PageForm.Read(await admin.ReadAsync("/users?search=ann&sort=username"), "/users/row", host.Home);
        using var led = await admin.PostWithAsync(form.Token, form.Target, ("act", $"{act}.{ann.Id}"));
        var to = led.Headers.Location!.OriginalString;
        Assert.Equal($"/admin/users/{ann.Id}{page}?list=search%3Dann%26sort%3Dusername{part}", to);
        Assert.Contains(
            "href=\"/admin/users?search=ann&amp;sort=username\"", await admin.ReadAsync(to["/admin".Length..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Menu_OfARow_IsForThoseWhoManageUsersAndNotForOneself()
    {
        var page = await admin.ReadAsync("/users");
        Assert.Contains($"value=\"disable.{ann.Id}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"disable.{host.Users[Role.Admin].Id}\"", page, StringComparison.Ordinal);
        using var op = await host.LogInAsync(Role.Operator);
        Assert.DoesNotContain("row-menu", await op.ReadAsync("/users"), StringComparison.Ordinal);
        var seen = await op.ReadAsync($"/users/{ann.Id}");
        Assert.DoesNotContain("danger-area", seen, StringComparison.Ordinal);
        Assert.Contains("id=\"vps\"", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_OnBothPages_NameTheBrowser()
    {
        using var own = new PanelClient(host);
        own.Http.DefaultRequestHeaders.TryAddWithoutValidation(
            "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36");
        await own.LogInAsync("ann", PanelHost.Password);
        Assert.Contains(">Chromium 156 on Linux</div>", await PageAsync(), StringComparison.Ordinal);
        Assert.Contains(">Chromium 156 on Linux</div>", await own.ReadAsync("/account"), StringComparison.Ordinal);
    }

    private async Task<PageForm> FormAsync(string action) => PageForm.Read(await PageAsync(), action, host.Home);

    private Task<string> PageAsync() => admin.ReadAsync($"/users/{ann.Id}");

    private async Task SendAsync(string action)
    {
        var form = await FormAsync(action);
        using var answer = await admin.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private async Task<(string Name, Role Role, string Groups)> StateAsync()
    {
        var now = (await host.Get<IUserService>().GetAsync(Actor.Host, ann.Id)).Require();
        return (now.User.DisplayName, now.User.Role, string.Join(' ', now.Groups.Select(g => g.Name)));
    }

    private async Task UpdateAsync(UpdateUserCommand change, Actor? by = null) =>
        (await host.Get<IUserService>().UpdateAsync(by ?? Actor.Host, change)).Require();

    private async Task AssignAsync(string vps, long? user, long? group = null)
    {
        long[] users = user is { } id ? [id] : [];
        long[] groups = group is { } of ? [of] : [];
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, vps, users, groups)).Require();
    }

    // The rows of the card about VPS, as they are read.
    private async Task<IReadOnlyList<string>> VpsRowsAsync(string query)
    {
        var html = await admin.ReadAsync($"/users/{ann.Id}{query}");
        var card = html[html.IndexOf("id=\"vps\"", StringComparison.Ordinal)..];
        card = card[..card.IndexOf("</section>", StringComparison.Ordinal)];
        return [.. card.Split("<li>").Skip(1).Select(row => Words(row[..row.IndexOf("</li>", StringComparison.Ordinal)]))];
    }

    // As it is read: what stands in a box of its own is apart from its neighbours.
    private static string Words(string html)
    {
        var text = Pictures().Replace(html, "");
        text = Tags().Replace(Boxes().Replace(text, " "), "");
        return Blanks().Replace(WebUtility.HtmlDecode(text), " ").Trim();
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline, 2000)]
    private static partial Regex Pictures();

    [GeneratedRegex("</?(div|form|button|li|ul|p|span)[^>]*>", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Boxes();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 2000)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+", RegexOptions.None, 2000)]
    private static partial Regex Blanks();

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
