using System.Globalization;
using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Changing several users at once, without a browser and so without a script.</summary>
public sealed class UserBulkTests : IAsyncLifetime
{
    private PanelHost host = null!;
    private PanelClient admin = null!;
    private User ann = null!;
    private User bob = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PanelHost.StartAsync();
        admin = await host.LogInAsync(Role.Admin);
        ann = await host.AddUserAsync("ann", Role.User);
        bob = await host.AddUserAsync("bob", Role.User);
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("disable", "Disable 2 accounts?", "2 accounts disabled.")]
    [InlineData("end_sessions", "End all sessions of 2 users?", "All sessions of 2 users ended.")]
    [InlineData("revoke_tokens", "Revoke all tokens of 2 users?", "All tokens of 2 users revoked.")]
    [InlineData("set_role", "Change the role of 2 users to viewer?", "Roles of 2 users changed.")]
    public async Task Bulk_OfWhatHarms_AsksByNameFirstAndDoesItThen(string change, string question, string done)
    {
        var token = await TokenAsync(ann);
        using var asked = await SendAsync("", change, ("role", change == "set_role" ? "viewer" : ""), Ids(ann, bob));
        var html = await asked.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains(question, html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/admin/users/{ann.Id}\">ann</a>", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/admin/users/{bob.Id}\">bob</a>", html, StringComparison.Ordinal);
        Assert.Equal((true, Role.User), await StateAsync(ann));
        Assert.True(await HasTokenAsync(ann, token));

        var form = PageForm.Read(html, "/users/bulk", host.Home);
        using var answer = await admin.PostWithAsync(form.Token, form.Target, form.Fields);
        Assert.Equal("/admin/users", answer.Headers.Location!.OriginalString);
        Assert.Contains(done, await admin.ReadAsync("/users"), StringComparison.Ordinal);
        Assert.Equal((change != "disable", change == "set_role" ? Role.Viewer : Role.User), await StateAsync(bob));
        Assert.Equal(change != "revoke_tokens", await HasTokenAsync(ann, token));
    }

    [Fact]
    public async Task Bulk_Groups_AreJoinedAndLeft()
    {
        var group = (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = "Lab" })).Require();
        var inIt = ("group_id", group.Id.ToString(CultureInfo.InvariantCulture));
        using var joined = await SendAsync("", "add_to_group", inIt, Ids(ann, bob));
        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);
        Assert.Contains("2 users added to the group.", await admin.ReadAsync("/users"), StringComparison.Ordinal);
        Assert.Equal([group.Id], (await DetailsAsync(ann)).Groups.Select(g => g.Id));

        using var asked = await SendAsync("", "remove_from_group", inIt, Ids(ann));
        var html = await asked.Content.ReadAsStringAsync();
        Assert.Contains("Remove 1 user from Lab?", html, StringComparison.Ordinal);
        var form = PageForm.Read(html, "/users/bulk", host.Home);
        using var left = await admin.PostWithAsync(form.Token, form.Target, form.Fields);
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        Assert.Empty((await DetailsAsync(ann)).Groups);
        Assert.Single((await DetailsAsync(bob)).Groups);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("set_role")]
    [Trait("Requirement", "V7.5.1")]
    public async Task Bulk_OfTheGravest_NeedsOnesOwnPassword(string change)
    {
        // As a script would send it, which asked already.
        using var asked = await SendAsync("", change, ("sure", "true"), ("role", "admin"), Ids(ann, bob));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        await AssertNamesBothAsync(asked);
        using var refused = await admin.ConfirmAsync(asked, "wrong");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        await AssertNamesBothAsync(refused);
        Assert.Equal((true, Role.User), await StateAsync(ann));

        using var answer = await admin.ConfirmAsync(refused, PanelHost.Password);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var found = await host.Get<IUserService>().GetAsync(Actor.Host, ann.Id);
        Assert.Equal(change == "delete" ? null : Role.Admin, found.Value?.User.Role);

        // Who it is and the question for the password are one page.
        async Task AssertNamesBothAsync(HttpResponseMessage page)
        {
            var html = await page.Content.ReadAsStringAsync();
            var question = change == "delete" ? "Delete 2 users?" : "Change the role of 2 users to admin?";
            Assert.Contains(question, html, StringComparison.Ordinal);
            Assert.Contains($"href=\"/admin/users/{ann.Id}\">ann</a>", html, StringComparison.Ordinal);
            Assert.Contains($"href=\"/admin/users/{bob.Id}\">bob</a>", html, StringComparison.Ordinal);
            Assert.Contains("name=\"current_password\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Requirement", "V7.5.1")]
    public async Task Bulk_DeletingAllThatMatch_DeletesThoseItNamedAndNobodyElse()
    {
        var page = await admin.ReadAsync("/users?search=ann");
        var form = PageForm.Read(page, "/users/bulk", host.Home);
        using var asked = await admin.PostWithAsync(
            form.Token, form.Target, ("change", "delete"), ("matching", "true"), ("group_id", ""), ("role", ""), ("sure", "true"));
        Assert.Contains("Delete 1 user?", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var late = await host.AddUserAsync("annabel", Role.User);
        using var answer = await admin.ConfirmAsync(asked, PanelHost.Password);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(Refusals.Hidden, (await host.Get<IUserService>().GetAsync(Actor.Host, ann.Id)).Refusal);
        Assert.Equal((true, Role.User), await StateAsync(late));
    }

    [Fact]
    public async Task Bulk_SomeOfWhomCannotBeChanged_NamesThemWithTheReason()
    {
        var gone = await host.AddUserAsync("gone", Role.User);
        (await host.Get<IUserService>().DeleteAsync(Actor.Host, gone.Id)).Require();
        var own = host.Users[Role.Admin];
        using var answer = await SendAsync("", "disable", ("sure", "true"), Ids(ann, own, gone));
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("2 users were not changed", html, StringComparison.Ordinal);
        Assert.Contains("1 account disabled. Its sessions have ended.", html, StringComparison.Ordinal);
        Assert.Contains("the-admin", html, StringComparison.Ordinal);
        Assert.Contains("You cannot", html, StringComparison.Ordinal);
        Assert.Contains($"user {gone.Id}", html, StringComparison.Ordinal);
        Assert.Contains("No longer there.", html, StringComparison.Ordinal);
        Assert.Equal((false, Role.User), await StateAsync(ann));
    }

    [Fact]
    public async Task Bulk_FromAFilteredList_LeadsBackToItWithTheFilters()
    {
        var page = await admin.ReadAsync("/users?role=user&sort=username");
        var form = PageForm.Read(page, "/users/bulk", host.Home);
        using var answer = await admin.PostWithAsync(
            form.Token, form.Target, ("change", "enable"), ("ids", $"{ann.Id}"), ("group_id", ""), ("role", ""), ("sure", ""));
        Assert.Equal("/admin/users?role=user&sort=username", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Bulk_WithoutTheGroupItNeeds_SaysSoAndKeepsWhatWasChosen()
    {
        using var answer = await SendAsync("?here=%2Fusers%3Fsearch%3Dann", "add_to_group", Ids(ann));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Choose a group.", html, StringComparison.Ordinal);
        Assert.Matches($"<input type=\"checkbox\" name=\"ids\" value=\"{ann.Id}\"[^>]* checked", html);
        Assert.DoesNotContain($"name=\"ids\" value=\"{bob.Id}\"", html, StringComparison.Ordinal);
        using var none = await SendAsync("", "enable");
        Assert.Contains("Nothing was selected.", await admin.ReadAsync("/users"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_OfAllThatMatch_AsksWithTheNamesOfTheFilter()
    {
        for (var i = 0; i < 60; i++)
        {
            await host.AddUserAsync($"crowd{i:00}", Role.Viewer);
        }

        var page = await admin.ReadAsync("/users?search=crowd");
        Assert.Contains("all 60 that match", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">crowd05<", page, StringComparison.Ordinal);
        var form = PageForm.Read(page, "/users/bulk", host.Home);
        using var asked = await admin.PostWithAsync(
            form.Token, form.Target, ("change", "disable"), ("matching", "true"), ("group_id", ""), ("role", ""), ("sure", "true"));
        var html = await asked.Content.ReadAsStringAsync();
        Assert.Contains("Disable 60 accounts?", html, StringComparison.Ordinal);
        Assert.Contains(">crowd05<", html, StringComparison.Ordinal);
        form = PageForm.Read(html, "/users/bulk", host.Home);
        Assert.Equal(60, form.Values("ids").Count);
        using var answer = await admin.PostWithAsync(form.Token, form.Target, form.Fields);
        Assert.Equal("/admin/users?search=crowd", answer.Headers.Location!.OriginalString);
        var left = await host.Get<IUserService>().ListAsync(
            Actor.Host, new UserQuery { Search = "crowd", IsActive = true, Page = new PageRequest(1) });
        Assert.Equal(0, left.Require().Total);
        Assert.Equal((true, Role.User), await StateAsync(ann));
    }

    private Task<HttpResponseMessage> SendAsync(string query, string change, params (string Name, string Value)[][] fields) =>
        admin.PostAsync("/users/bulk" + query, [("change", change), .. fields.SelectMany(f => f)]);

    private Task<HttpResponseMessage> SendAsync(
        string query, string change, (string Name, string Value) field, params (string Name, string Value)[] fields) =>
        SendAsync(query, change, [[field], fields]);

    private Task<HttpResponseMessage> SendAsync(
        string query,
        string change,
        (string Name, string Value) first,
        (string Name, string Value) second,
        params (string Name, string Value)[] fields) => SendAsync(query, change, [[first, second], fields]);

    private static (string Name, string Value)[] Ids(params User[] users) =>
        [.. users.Select(u => ("ids", u.Id.ToString(CultureInfo.InvariantCulture)))];

    private async Task<UserDetails> DetailsAsync(User user) => (await host.Get<IUserService>().GetAsync(Actor.Host, user.Id)).Require();

    private async Task<(bool IsActive, Role Role)> StateAsync(User user)
    {
        var now = (await DetailsAsync(user)).User;
        return (now.IsActive, now.Role);
    }

    private async Task<long> TokenAsync(User user) => (await host.Get<ITokenService>().CreateAsync(
        Testing.TestActors.Of(user), new CreateTokenCommand { Name = "nightly" })).Require().Token.Id;

    private async Task<bool> HasTokenAsync(User user, long id) =>
        (await host.Get<ITokenService>().ListAsync(Actor.Host, user.Id, new PageRequest(9))).Require().Items.Any(t => t.Id == id);
}
