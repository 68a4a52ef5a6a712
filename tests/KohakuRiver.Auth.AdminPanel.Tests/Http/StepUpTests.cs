using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>What asks for one's own password: on a page of its own, with nothing to type twice.</summary>
public sealed partial class StepUpTests : IAsyncLifetime
{
    private const string New = "a completely new password";

    private PanelHost host = null!;
    private PanelClient client = null!;
    private User other = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PanelHost.StartAsync();
        client = await host.LogInAsync(Role.Admin);
        other = await host.AddUserAsync("second.admin", Role.Admin);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "V7.5.3"), Trait("Requirement", "V8.4.2")]
    public async Task MakingAnAdmin_AsksForOnesOwnPassword()
    {
        var id = host.Users[Role.User].Id;
        using var asked = await client.PostAsync($"/users/{id}/details", ("role", "admin"));
        await AssertAskedAsync(asked);
        Assert.Equal(Role.User, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().User.Role);
        using var done = await ConfirmAsync(asked);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal(Role.Admin, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().User.Role);
    }

    [Fact]
    [Trait("Requirement", "V7.5.3"), Trait("Requirement", "V8.4.2")]
    public async Task CreatingAnAdmin_AsksForOnesOwnPasswordAndForNothingAgain()
    {
        using var asked = await client.PostAsync(
            "/users/new", ("username", "third.admin"), ("display_name", "Third"), ("password", New), ("role", "admin"));
        await AssertAskedAsync(asked);
        Assert.Equal(Refusals.Hidden, (await host.Get<IUserService>().FindByNameAsync(Actor.Host, "third.admin")).Refusal);
        using var done = await ConfirmAsync(asked);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var made = (await host.Get<IUserService>().FindByNameAsync(Actor.Host, "third.admin")).Require().User;
        Assert.Equal(("Third", Role.Admin), (made.DisplayName, made.Role));
        using var opened = new PanelClient(host);
        await opened.LogInAsync("third.admin", New);
    }

    [Fact]
    [Trait("Requirement", "V7.5.3"), Trait("Requirement", "V8.4.2")]
    public async Task InvitingAnAdmin_AsksForOnesOwnPassword()
    {
        using var asked = await client.PostAsync(
            "/invitations/new", ("role", "admin"), ("group_id", ""), ("max_usage", "1"), ("expires_hours", "1"));
        await AssertAskedAsync(asked);
        Assert.Empty((await host.Get<IInvitationService>().ListAsync(Actor.Host, new PageRequest(9))).Require().Items);
        using var done = await ConfirmAsync(asked);
        Assert.Contains("kri_", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V7.5.3"), Trait("Requirement", "V8.4.2")]
    public async Task PasswordOfAnotherAdmin_AsksForOnesOwn()
    {
        using var asked = await client.PostAsync($"/users/{other.Id}/password", ("new_password", New));
        await AssertAskedAsync(asked);
        using var done = await ConfirmAsync(asked);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        using var opened = new PanelClient(host);
        await opened.LogInAsync("second.admin", New);

        // Anybody else's is set at once.
        using var user = await client.PostAsync($"/users/{host.Users[Role.User].Id}/password", ("new_password", New));
        Assert.Equal(HttpStatusCode.SeeOther, user.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "V7.5.3"), Trait("Requirement", "V8.4.2")]
    public async Task ResetLinkOfAnotherAdmin_AsksForOnesOwnPassword()
    {
        using var asked = await client.PostAsync($"/users/{other.Id}/reset-link");
        await AssertAskedAsync(asked);
        using var done = await ConfirmAsync(asked);
        Assert.Contains("krr_", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var user = await client.PostAsync($"/users/{host.Users[Role.User].Id}/reset-link");
        Assert.Contains("krr_", await user.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V7.5.3"), Trait("Requirement", "V8.4.2")]
    public async Task DeletingAUser_NeedsOnesOwnPassword()
    {
        var id = host.Users[Role.Viewer].Id;
        using var asked = await client.GetAsync($"/users/{id}/delete");
        await AssertAskedAsync(asked);

        // Without the question it is asked; nothing is deleted.
        using (var bare = await client.PostAsync($"/users/{id}/delete"))
        {
            await AssertAskedAsync(bare);
        }

        using var refused = await client.ConfirmAsync(asked, "wrong");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.NotNull((await host.Get<IUserService>().GetAsync(Actor.Host, id)).Value);
        using var done = await client.ConfirmAsync(refused, PanelHost.Password);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        using var gone = await client.GetAsync($"/users/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "V7.5.3")]
    public async Task Confirmation_WithoutOrWithAWrongPassword_AsksAgainAndChangesNothing()
    {
        var id = host.Users[Role.User].Id;
        using var asked = await client.PostAsync($"/users/{id}/details", ("role", "admin"));
        foreach (var own in new[] { "", "wrong" })
        {
            using var again = await client.ConfirmAsync(asked, own);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
            await AssertAskedAsync(again);
        }

        Assert.Equal(Role.User, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().User.Role);
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.1")]
    public async Task Confirmation_OfAnotherAddressPersonOrBrowser_IsRefused()
    {
        var (id, viewer) = (host.Users[Role.User].Id, host.Users[Role.Viewer].Id);
        using var asked = await client.PostAsync($"/users/{id}/details", ("role", "admin"));
        var form = PageForm.All(await asked.Content.ReadAsStringAsync(), host.Home).Single(f => f.Names.Contains("confirm"));
        var confirm = form.Values("confirm").Single();

        // Elsewhere than where it was asked for, in another browser, changed, and where nothing is confirmed.
        await RefusedAsync(client, $"/users/{viewer}/details", confirm);
        await RefusedAsync(client, $"/users/{id}/password", confirm);
        using var second = await host.LogInAsync(Role.Admin);
        await RefusedAsync(second, $"/users/{id}/details", confirm);
        await RefusedAsync(client, $"/users/{id}/details", (confirm[0] == 'A' ? 'B' : 'A') + confirm[1..]);
        await RefusedAsync(client, $"/users/{id}/unlock", confirm);

        // In the same browser by another admin, who would carry out what they were not asked.
        await client.LogInAsync("second.admin", PanelHost.Password);
        await RefusedAsync(client, $"/users/{id}/details", confirm);
        Assert.Equal(Role.User, (await host.Get<IUserService>().GetAsync(Actor.Host, id)).Require().User.Role);

        static async Task RefusedAsync(PanelClient client, string path, string confirm)
        {
            using var answer = await client.PostAsync(path, ("confirm", confirm), ("current_password", PanelHost.Password));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Confirmation_AfterTheSessionHasEnded_BringsTheFormBack()
    {
        using var asked = await client.PostAsync(
            "/users/new", ("username", "third.admin"), ("display_name", "Third"), ("password", New), ("role", "admin"));
        var page = await asked.Content.ReadAsStringAsync();
        Assert.DoesNotContain(New, page, StringComparison.Ordinal);
        (await host.Get<IUserCredentialService>().EndSessionsAsync(Actor.Host, host.Users[Role.Admin].Id)).Require();
        using var login = await ConfirmAsync(asked);
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        var form = PageForm.Read(await login.Content.ReadAsStringAsync(), "/login", host.Home);
        form.Set("username", "the-admin");
        form.Set("password", PanelHost.Password);
        using var back = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var way = PageForm.All(await back.Content.ReadAsStringAsync(), host.Home).Single(f => f.Names.Contains("kept"));
        using var shown = await client.PostWithAsync(null, way.Action, way.Fields);
        var again = PageForm.Read(await shown.Content.ReadAsStringAsync(), "/users/new", host.Home);
        Assert.Equal(["third.admin", "Third", "admin", ""], [
            .. again.Values("username"), .. again.Values("display_name"), .. again.Values("role"), .. again.Values("password")]);
    }

    /// <summary>A manager fills what it knows into forms with one's own name, and offers to save what is new for the name beside
    /// it.</summary>
    [Fact]
    public async Task PasswordFields_OnAllPages_StandWithTheNameTheyBelongTo()
    {
        await host.FillAsync();
        using var stranger = new PanelClient(host);
        var code = (await host.Get<IUserCredentialService>().CreateResetCodeAsync(Actor.Host, host.Users[Role.User].Id)).Require();
        var found = new List<string>();
        (string Pattern, string Path, Role Role)[] more =
            [("", $"/users/{other.Id}", Role.Admin), ("", "/reset?code=" + code.Secret.Reveal(), Role.Anony)];
        foreach (var (_, path, role) in PanelPages.All.Where(p => p.Path != "/reset?code=x").Concat(more))
        {
            var html = await (role == Role.Anony ? stranger : client).ReadAsync(path);
            foreach (
                var form in Forms().Matches(html).Select(m => m.Value).Where(f => f.Contains("\"password\"", StringComparison.Ordinal)))
            {
                Assert.Single(UsernameFields().Matches(form));
                var kinds = PasswordFields().Matches(form).Select(m => m.Groups["kind"].Value).ToList();
                Assert.NotEmpty(kinds);
                Assert.Contains(string.Join(' ', kinds), new[] { "current", "new", "current new" });
                Assert.True(
                    !kinds.Contains("current") || path is "/login" or "/account" || path.EndsWith("/delete", StringComparison.Ordinal),
                    path);
                found.Add($"{path.Split('?')[0]}: {string.Join(' ', kinds)}");
            }
        }

        Assert.Contains("/reset: new", found);
        Assert.Contains("/account: current new", found);
        Assert.Contains($"/users/{other.Id}: new", found);
        Assert.Contains("/users/new: new", found);
        Assert.Contains("value=\"the-user\"", await stranger.ReadAsync("/reset?code=" + code.Secret.Reveal()), StringComparison.Ordinal);
    }

    // The one question there is on the page: own name, own password, and nothing about anybody else.
    private static async Task AssertAskedAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, answer.StatusCode.ToString());
        var html = await answer.Content.ReadAsStringAsync();
        var form = Assert.Single(Forms().Matches(html), m => m.Value.Contains("name=\"confirm\"", StringComparison.Ordinal)).Value;
        Assert.Matches("<input [^>]*readonly[^>]* value=\"the-admin\"[^>]* autocomplete=\"username\"", form);
        Assert.Equal(["current"], PasswordFields().Matches(form).Select(m => m.Groups["kind"].Value));
        Assert.Equal(
            ["confirm", "current_password", "form_token"],
            Names().Matches(form).Select(m => m.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    private Task<HttpResponseMessage> ConfirmAsync(HttpResponseMessage question) => client.ConfirmAsync(question, PanelHost.Password);

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("autocomplete=\"username\"", RegexOptions.None, 1000)]
    private static partial Regex UsernameFields();

    [GeneratedRegex("autocomplete=\"(?<kind>current|new)-password\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PasswordFields();

    [GeneratedRegex(" name=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}
