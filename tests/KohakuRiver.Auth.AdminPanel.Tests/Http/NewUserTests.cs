using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>A new user, and how they get their password.</summary>
public sealed class NewUserTests : IAsyncLifetime
{
    private PanelHost host = null!;
    private PanelClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PanelHost.StartAsync();
        client = await host.LogInAsync(Role.Admin);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "V6.4.1")]
    public async Task NewUser_ByALink_SetsThePasswordThemselves()
    {
        using var created = await CreateAsync("ada", "link");
        var html = await created.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.Contains("<svg class=\"qr\"", html, StringComparison.Ordinal);
        var code = Regex.Match(
            html, "code=(?<x>krr_[A-Za-z0-9]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["x"].Value;
        var preview = (await host.Get<IAccountService>().PreviewResetAsync(code, new ClientInfo(null, null, null))).Require();
        Assert.Equal("ada", preview.Username);
        Assert.InRange(preview.ExpiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));

        using var ada = new PanelClient(host);
        using (var set = await ada.PostAsync("/reset", ("code", code), ("new_password", "a password of her own")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
        }

        await ada.LogInAsync("ada", "a password of her own");
        using var link = await client.PostAsync($"/users/{await IdAsync("ada")}/reset-link");
        var next = Regex.Match(
            await link.Content.ReadAsStringAsync(), "code=(?<x>krr_[A-Za-z0-9]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var later = (
            await host.Get<IAccountService>().PreviewResetAsync(next.Groups["x"].Value, new ClientInfo(null, null, null))).Require();
        Assert.InRange(later.ExpiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task NewUser_WithAGeneratedPassword_ShowsItOnceWithTheName()
    {
        using var created = await CreateAsync("ada", "generated");
        var html = await created.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        var password = Regex.Match(
            html, "id=\"password\" readonly value=\"(?<x>[a-z2-9-]+)\"", RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)).Groups["x"].Value;
        Assert.Equal(27, password.Length);
        Assert.Contains("data-copy-all=\"username password\"", html, StringComparison.Ordinal);
        using var ada = new PanelClient(host);
        await ada.LogInAsync("ada", password);
        Assert.DoesNotContain(password, await client.ReadAsync($"/users/{await IdAsync("ada")}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewUser_SentTwice_MakesOnePassword()
    {
        var form = PageForm.Read(await client.ReadAsync("/users/new"), "/users/new", host.Home);
        form.Set("username", "ada");
        form.Set("first_password", "generated");
        form.Set("role", "viewer");
        using var first = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        using var second = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    [Trait("Requirement", "V7.5.3")]
    public async Task NewAdmin_WithAGeneratedPassword_ShowsItAfterOnesOwnPassword()
    {
        using var asked = await CreateAsync("boss", "generated", "admin");
        Assert.DoesNotContain("data-copy-all", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(Refusals.Hidden, (await host.Get<IUserService>().FindByNameAsync(Actor.Host, "boss")).Refusal);
        using var created = await client.ConfirmAsync(asked, PanelHost.Password);
        Assert.Contains("data-copy-all", await created.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V2.2.2")]
    public async Task NewUser_WithSeveralFaults_IsToldAllAtOnceBeforeTheOwnPassword()
    {
        using var answer = await client.PostAsync(
            "/users/new", ("username", "THE-user"), ("display_name", new string('x', 101)), ("first_password", "typed"),
            ("password", "short"), ("role", "admin"));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        foreach (var field in new[] { "username", "display_name", "password" })
        {
            Assert.Contains($"id=\"f-{field}-error\"", html, StringComparison.Ordinal);
        }

        Assert.Contains("This username is taken.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"confirm\"", html, StringComparison.Ordinal);

        // What attackers try first is a fault like the others.
        using var listed = await client.PostAsync(
            "/users/new", ("username", "-"), ("display_name", ""), ("first_password", "typed"),
            ("password", "passwordpasswordpassword"), ("role", "viewer"));
        var page = await listed.Content.ReadAsStringAsync();
        Assert.Contains("id=\"f-username-error\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"f-password-error\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_ThatAreMany_HaveAFieldThatLeavesSome()
    {
        Assert.DoesNotContain("data-filter", await client.ReadAsync("/users/new"), StringComparison.Ordinal);
        for (var i = 0; i < 9; i++)
        {
            (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = $"group {i}" })).Require();
        }

        var page = await client.ReadAsync("/users/new");
        Assert.Contains("data-filter=\"f-group_ids-all\"", page, StringComparison.Ordinal);
        Assert.Equal(9, Regex.Count(page, "type=\"checkbox\" name=\"group_ids\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    private Task<HttpResponseMessage> CreateAsync(string name, string way, string role = "viewer") => client.PostAsync(
        "/users/new", ("username", name), ("display_name", ""), ("first_password", way), ("password", ""), ("role", role));

    private async Task<long> IdAsync(string name) => (await host.Get<IUserService>().FindByNameAsync(Actor.Host, name)).Require().User.Id;
}
