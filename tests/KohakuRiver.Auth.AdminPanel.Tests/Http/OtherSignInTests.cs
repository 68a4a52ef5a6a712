using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>A sign-in of the host's own leads into the panel once it is linked.</summary>
public sealed partial class OtherSignInTests
{
    [Fact]
    public async Task Account_SignedInElsewhere_LinksWithItsPasswordAndNeedsNoneFromThenOn()
    {
        await using var host = await Intranet.StartAsync();
        using var client = await host.LogInAsync(Role.Operator);
        Assert.DoesNotContain("Other sign-ins", await client.ReadAsync("/account"), StringComparison.Ordinal);
        await Intranet.SignInAsync(client, "ann");
        var page = await client.ReadAsync("/account");
        Assert.Contains("signed in to <b>The &lt;Intranet&gt;</b>", page, StringComparison.Ordinal);

        var person = PersonOf(page);
        using var asked = await client.PostAsync("/account/identities/link", ("row", Intranet.Provider), ("person", person));
        Assert.Contains("Link The &lt;Intranet&gt;", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var wrong = await client.ConfirmAsync(asked, "not the password");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("The current password is wrong.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var linked = await client.ConfirmAsync(wrong, PanelHost.Password);
        Assert.Equal(HttpStatusCode.SeeOther, linked.StatusCode);
        Assert.Contains("Sign-in linked.", await client.ReadAsync("/account"), StringComparison.Ordinal);

        // Another browser, which has never logged in here.
        using var other = new PanelClient(host);
        await Intranet.SignInAsync(other, "ann");
        Assert.Contains("the-operator", await other.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Null(other.SessionCookie);
        using var approvals = await other.GetAsync("/approvals");
        Assert.Equal(HttpStatusCode.OK, approvals.StatusCode);
        using var users = await other.GetAsync("/settings");
        Assert.Equal(HttpStatusCode.Forbidden, users.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "V3.5.1")]
    public async Task Link_BrowserIsSomebodyElseThereMeanwhile_LinksNobody()
    {
        await using var host = await Intranet.StartAsync();
        using var client = await host.LogInAsync(Role.Operator);
        await Intranet.SignInAsync(client, "ann");
        var page = await client.ReadAsync("/account");
        await Intranet.SignInAsync(client, "mallory");

        using var linked = await client.PostWithAsync(
            PanelClient.TokenOf(page), "/account/identities/link",
            ("row", Intranet.Provider), ("person", PersonOf(page)));

        Assert.Equal(HttpStatusCode.SeeOther, linked.StatusCode);
        var id = host.Users[Role.Operator].Id;
        Assert.Empty((await host.Get<IIdentityService>().ListAsync(Actor.Host, id)).Require());
        Assert.DoesNotContain("Sign-in linked.", await client.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_OfSomebodySignedInElsewhere_AreTakenFromTheirOwnBrowserAlone()
    {
        await using var host = await Intranet.StartAsync();
        await Intranet.LinkAsync(host, host.Users[Role.Viewer], "ann");
        await Intranet.LinkAsync(host, host.Users[Role.User], "bob");
        using var ann = new PanelClient(host);
        await Intranet.SignInAsync(ann, "ann");
        var token = PanelClient.TokenOf(await ann.ReadAsync("/account"));
        using var saved = await ann.PostWithAsync(token, "/account/name", ("display_name", "Ann"), ("was_display_name", "the-viewer"));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);

        using var stranger = new PanelClient(host);
        await Intranet.SignInAsync(stranger, "ann");
        using var stolen = await stranger.PostWithAsync(token, "/account/name", ("display_name", "Eve"));
        Assert.NotEqual(HttpStatusCode.SeeOther, stolen.StatusCode);
        await Intranet.SignInAsync(ann, "bob");
        using var anothers = await ann.PostWithAsync(token, "/account/name", ("display_name", "Eve"));
        Assert.NotEqual(HttpStatusCode.SeeOther, anothers.StatusCode);
        Assert.Equal("Ann", (await host.Get<IUserService>().GetAsync(Actor.Host, host.Users[Role.Viewer].Id)).Require().User.DisplayName);
    }

    [Fact]
    public async Task LogOut_OfTheHostsCookie_EndsItToo()
    {
        await using var host = await Intranet.StartAsync();
        await Intranet.LinkAsync(host, host.Users[Role.Viewer], "ann");
        using var client = new PanelClient(host);
        await Intranet.SignInAsync(client, "ann");
        var token = PanelClient.TokenOf(await client.ReadAsync("/account"));

        using var done = await client.PostWithAsync(token, "/logout");

        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal("nobody", await client.Http.GetStringAsync(new Uri("/intranet/who", UriKind.Relative)));
        Assert.Contains("You are logged out.", await client.ReadAsync("/login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogOut_HostKeepsItsCookie_LeavesItAlone()
    {
        await using var host = await Intranet.StartAsync(external: o => o.SignOutOfPanelEndsIt = false);
        using var client = await host.LogInAsync(Role.Viewer);
        await Intranet.SignInAsync(client, "ann");
        using var done = await client.PostAsync("/logout");
        Assert.Equal("ann", await client.Http.GetStringAsync(new Uri("/intranet/who", UriKind.Relative)));
    }

    [Fact]
    public async Task Login_SignedInElsewhereAndNotLinked_SaysWhatToDo()
    {
        await using var host = await Intranet.StartAsync();
        using var client = new PanelClient(host);
        await Intranet.SignInAsync(client, "ann");
        var page = await client.ReadAsync("/login");
        Assert.Contains("You are signed in to The &lt;Intranet&gt; as ann, which opens no account here.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_OfAHostWithItsOwn_LeadsThereAndBack()
    {
        await using var host = await Intranet.StartAsync(external: o => o.LoginPath = "/intranet/login");
        using var client = new PanelClient(host);
        Assert.Contains(
            "<a class=\"button\" href=\"/intranet/login?ReturnUrl=%2Fadmin%2Fapprovals\">Sign in with The &lt;Intranet&gt;</a>",
            await client.ReadAsync("/login?return=%2Fadmin%2Fapprovals"),
            StringComparison.Ordinal);
        Assert.Contains(
            "/intranet/login?ReturnUrl=%2Fadmin\"", await client.ReadAsync("/login?return=https://evil.example"), StringComparison.Ordinal);
        await Intranet.SignInAsync(client, "ann");
        Assert.DoesNotContain("Sign in with", await client.ReadAsync("/login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_BesideASignInOfAnother_SaysWhoseItIsAndOffersNoLink()
    {
        await using var host = await Intranet.StartAsync();
        await Intranet.LinkAsync(host, host.Users[Role.User], "ann");
        using var client = await host.LogInAsync(Role.Operator);
        await Intranet.SignInAsync(client, "ann");
        var page = await client.ReadAsync("/account");
        Assert.Contains("It leads to another account", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/account/identities/link", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_WithALinkedSignIn_IsUnlinkedByAnAdmin()
    {
        await using var host = await Intranet.StartAsync();
        var user = host.Users[Role.User];
        await Intranet.LinkAsync(host, user, "ann");
        using var admin = await host.LogInAsync(Role.Admin);
        Assert.Contains("Other sign-ins", await admin.ReadAsync($"/users/{user.Id}"), StringComparison.Ordinal);
        using var op = await host.LogInAsync(Role.Operator);
        Assert.DoesNotContain("Other sign-ins", await op.ReadAsync($"/users/{user.Id}"), StringComparison.Ordinal);

        using var done = await admin.PostAsync($"/users/{user.Id}/identities/1/unlink");
        Assert.Contains("Sign-in unlinked.", await admin.ReadAsync($"/users/{user.Id}"), StringComparison.Ordinal);
        using var again = await admin.PostAsync($"/users/{user.Id}/identities/1/unlink");
        Assert.Contains("It no longer exists.", await admin.ReadAsync($"/users/{user.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unlink_TheOnlyWayIn_SaysWhyNot()
    {
        await using var host = await Intranet.StartAsync(external: o => o.CreateAs = Role.User);
        using var client = new PanelClient(host);
        await Intranet.SignInAsync(client, "newcomer");
        var page = await client.ReadAsync("/account");
        Assert.Contains("newcomer", page, StringComparison.Ordinal);
        Assert.Contains("This account has no password", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/account/password", page, StringComparison.Ordinal);
        using var refused = await client.PostWithAsync(PanelClient.TokenOf(page), "/account/identities/1/unlink");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("only way in", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string PersonOf(string page) => PersonField().Match(page).Groups["mark"].Value;

    [GeneratedRegex("name=\"person\" value=\"(?<mark>[0-9a-f]{64})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PersonField();
}
